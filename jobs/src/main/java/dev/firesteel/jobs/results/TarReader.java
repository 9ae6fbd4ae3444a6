package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Result files in a tar archive (POSIX ustar and pax, GNU long names), plain or gzip: whoever has {@code tar} can make one,
 * and reading one is a pass over a single file. One thread reads, several parse.
 */
final class TarReader {
    static final int BLOCK = 512;

    /** Longest extended header, bytes. */
    private static final int MAX_HEADER = 1 << 20;

    private final InputStream in;
    private final byte[] header = new byte[BLOCK];
    private final String pack;
    private final Map<String, SourceFolder> folders = new HashMap<>();
    private final Map<String, SourceFolder> byPath = new HashMap<>();
    private String longName;

    private TarReader(String pack, InputStream in) {
        this.pack = pack;
        this.in = in;
    }

    private record Entry(SourceFolder folder, String name, byte[] content) {}

    /** Reads every {@code .json} file of {@code pack}; throws {@link UserException} when it is no sound archive. */
    static void read(Path pack, ResultCollector collector) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(pack), 1 << 20);
                InputStream in = unzipped(file);
                ReaderPool pool =
                        new ReaderPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1))) {
            long found = new TarReader(pack.toString(), in).entries(collector, pool);
            pool.finish();
            if (found == 0) {
                throw new UserException(pack + ": holds no .json file; pack a folder of result files");
            }
        } catch (IOException e) {
            throw new UserException(
                    pack + ": not a sound tar archive (" + e.getMessage() + "); make it again with pack-results", e);
        }
    }

    private static InputStream unzipped(InputStream file) throws IOException {
        file.mark(2);
        boolean gzip = file.read() == 0x1f && file.read() == 0x8b;
        file.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16), 1 << 20) : file;
    }

    private long entries(ResultCollector collector, ReaderPool pool) throws IOException {
        List<Entry> chunk = new ArrayList<>();
        long bytes = 0;
        long found = 0;
        while (nextHeader()) {
            long size = octal(124, 12);
            char type = (char) header[156];
            if (type == 'x' || type == 'L') {
                longName = type == 'x' ? paxPath(content(size)) : cString(content(size));
                continue;
            }
            String path = longName == null ? headerPath() : longName;
            longName = null;
            if (type == 'g' || (type != '0' && type != 0 && type != '7') || path.endsWith("/")) {
                skip(size);
                continue;
            }
            path = withoutDots(path);
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (!ResultCollector.wanted(name)) {
                collector.other();
                skip(size);
                continue;
            }
            found++;
            SourceFolder folder = folder(path.substring(0, path.length() - name.length()));
            if (size > ResultReader.MAX_FILE_BYTES) {
                byte[] start = exactly((int) ResultReader.MAX_FILE_BYTES);
                collector.batch().acceptTooLarge(folder, name, size, start);
                in.skipNBytes(padded(size) - start.length);
                continue;
            }
            chunk.add(new Entry(folder, name, content(size)));
            bytes += size;
            if (chunk.size() == ReaderPool.CHUNK_FILES || bytes >= ReaderPool.CHUNK_BYTES) {
                submit(pool, chunk, collector);
                chunk = new ArrayList<>(ReaderPool.CHUNK_FILES);
                bytes = 0;
            }
        }
        submit(pool, chunk, collector);
        return found;
    }

    /** {@code path} without levels at its end that name no file: {@code .} and nothing. */
    private static String withoutDots(String path) {
        int end = path.length();
        while (end > 0
                && (path.charAt(end - 1) == '/'
                        || path.charAt(end - 1) == '.' && (end == 1 || path.charAt(end - 2) == '/'))) {
            end--;
        }
        return path.substring(0, end);
    }

    /** The folder at {@code path} of the archive, one object a folder however its path is written. */
    private SourceFolder folder(String path) {
        SourceFolder known = byPath.get(path);
        if (known == null) {
            List<String> levels = Arrays.stream(path.split("/"))
                    .filter(s -> !s.isEmpty() && !s.equals("."))
                    .toList();
            known = folders.computeIfAbsent(
                    String.join("/", levels),
                    f -> new SourceFolder(levels, f.isEmpty() ? pack + "!" : pack + "!/" + f));
            byPath.put(path, known);
        }
        return known;
    }

    private static void submit(ReaderPool pool, List<Entry> chunk, ResultCollector collector) {
        ResultBatch batch = collector.batch();
        pool.submit(() -> chunk.forEach(e -> batch.accept(e.folder, e.name, e.content)));
    }

    /** Reads the next header; false at the end of the archive. */
    private boolean nextHeader() throws IOException {
        int n = in.readNBytes(header, 0, BLOCK);
        if (n == 0 || (n == BLOCK && allZero())) {
            return false;
        }
        if (n < BLOCK) {
            throw new EOFException("it ends within a header");
        }
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += header[i] & 0xff;
        }
        // The sum's own field counts as blanks.
        for (int i = 148; i < 156; i++) {
            sum -= header[i] & 0xff;
        }
        if (sum != octal(148, 8)) {
            throw new IOException("a header's checksum is wrong");
        }
        return true;
    }

    private boolean allZero() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private String headerPath() {
        String name = cString(Arrays.copyOfRange(header, 0, 100));
        boolean ustar = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        String prefix = ustar ? cString(Arrays.copyOfRange(header, 345, 500)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String cString(byte[] bytes) {
        int n = 0;
        while (n < bytes.length && bytes[n] != 0) {
            n++;
        }
        return new String(bytes, 0, n, StandardCharsets.UTF_8);
    }

    /** The path of a pax header, lines of {@code <length> <key>=<value>}; null when it tells none. */
    private static String paxPath(byte[] records) throws IOException {
        String path = null;
        for (int at = 0; at < records.length && records[at] != 0; ) {
            int space = at;
            int length = 0;
            while (space < records.length && records[space] >= '0' && records[space] <= '9' && length < MAX_HEADER) {
                length = length * 10 + records[space++] - '0';
            }
            if (length <= space - at || at + length > records.length) {
                throw new IOException("an extended header is broken");
            }
            String record = new String(records, space + 1, length - (space - at) - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                path = record.substring("path=".length());
            }
            at += length;
        }
        return path;
    }

    private long octal(int from, int length) throws IOException {
        if ((header[from] & 0x80) != 0) {
            throw new IOException("an entry is larger than 8 GiB");
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                value = value * 8 + header[i] - '0';
            } else if (header[i] != ' ' && header[i] != 0) {
                throw new IOException("a header holds a number that is none");
            }
        }
        return value;
    }

    private byte[] content(long size) throws IOException {
        boolean extended = header[156] == 'x' || header[156] == 'L';
        if (size > (extended ? MAX_HEADER : ResultReader.MAX_FILE_BYTES)) {
            throw new IOException("an extended header has " + size + " bytes");
        }
        byte[] content = exactly((int) size);
        in.skipNBytes(padded(size) - size);
        return content;
    }

    private byte[] exactly(int size) throws IOException {
        // readNBytes grows with what is there: a header that lies about its size allocates nothing.
        byte[] content = size <= 1 << 16 ? new byte[size] : in.readNBytes(size);
        int n = size <= 1 << 16 ? in.readNBytes(content, 0, size) : content.length;
        if (n < size) {
            throw new EOFException("it ends within a file");
        }
        return content;
    }

    private void skip(long size) throws IOException {
        in.skipNBytes(padded(size));
    }

    static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
