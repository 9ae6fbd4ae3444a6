package dev.firesteel.request;

import dev.firesteel.poly.Stored;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * One file of a {@link KeyCache}: four letters, a version of two bytes, the length of its name in two, its name, the arrays of the key with the low byte of a number first, and
 * SHA-256 of all that. It is written once and never changed.
 */
final class KeyFile {
    static final int VERSION = 1;
    static final int HASH_BYTES = 32;
    static final int MAX_NAME_BYTES = 512;

    private static final byte[] MAGIC = "FSKC".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = MAGIC.length + 2 * Short.BYTES;
    private static final int CHUNK_BYTES = 1 << 20;

    private KeyFile() {}

    /** What a reader makes of the arrays. */
    @FunctionalInterface
    interface Maker<T> {
        T from(Stored arrays) throws IOException;
    }

    /** What a writer passes on. */
    @FunctionalInterface
    interface Source {
        void to(Stored arrays) throws IOException;
    }

    private static byte[] header(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a name of " + bytes.length + " bytes");
        }
        return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .put(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    /** Writes a file; an interrupted write leaves one that {@link #read} refuses. */
    static void write(Path file, String name, Source source) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            chunk.put(header(name));
            drain(chunk, digest, channel);
            source.to((array, from, count) -> {
                for (int done = 0; done < count; ) {
                    int n = Math.min(count - done, CHUNK_BYTES / Integer.BYTES);
                    chunk.asIntBuffer().put(array, from + done, n);
                    chunk.position(n * Integer.BYTES);
                    drain(chunk, digest, channel);
                    done += n;
                }
            });
            write(channel, ByteBuffer.wrap(digest.digest()));
        }
    }

    private static void drain(ByteBuffer chunk, MessageDigest digest, FileChannel channel) throws IOException {
        chunk.flip();
        digest.update(chunk.array(), 0, chunk.limit());
        write(channel, chunk);
        chunk.clear();
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Maps a file into memory and makes of it what {@code maker} makes. What was compared with the hash is what was made use of, byte for byte, whatever happens to the file
     * meanwhile.
     *
     * @throws IOException telling what is wrong with the file
     * @throws IllegalArgumentException of {@code maker}, when the bytes are not those of a key
     */
    static <T> T read(Path file, String name, Maker<T> maker) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            byte[] header = header(name);
            if (size < header.length + HASH_BYTES || size > Integer.MAX_VALUE) {
                throw new IOException("it has " + size + " bytes");
            }
            Reader reader = new Reader(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
            if (!Arrays.equals(reader.bytes(header.length), header)) {
                throw new IOException("it is of something else, or of another version");
            }
            T made = maker.from(reader::ints);
            reader.end();
            return made;
        }
    }

    /** Reads a mapping from its begin to its end. */
    private static final class Reader {
        private final ByteBuffer mapped;
        private final MessageDigest digest = sha256();
        private final byte[] chunk = new byte[CHUNK_BYTES];

        Reader(ByteBuffer mapped) {
            this.mapped = mapped;
        }

        byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            mapped.get(bytes);
            digest.update(bytes);
            return bytes;
        }

        void ints(int[] array, int from, int count) throws IOException {
            if ((long) count * Integer.BYTES > mapped.remaining() - HASH_BYTES) {
                throw new EOFException("it ends early");
            }
            for (int done = 0; done < count; ) {
                int n = Math.min(count - done, CHUNK_BYTES / Integer.BYTES);
                mapped.get(chunk, 0, n * Integer.BYTES);
                digest.update(chunk, 0, n * Integer.BYTES);
                ByteBuffer.wrap(chunk)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asIntBuffer()
                        .get(array, from + done, n);
                done += n;
            }
        }

        void end() throws IOException {
            if (mapped.remaining() != HASH_BYTES) {
                throw new IOException("it goes on where it should end");
            }
            byte[] expected = new byte[HASH_BYTES];
            mapped.get(expected);
            if (!Arrays.equals(expected, digest.digest())) {
                throw new IOException("its SHA-256 is not the one that it ends with");
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
