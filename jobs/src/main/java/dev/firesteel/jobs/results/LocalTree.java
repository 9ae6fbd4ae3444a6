package dev.firesteel.jobs.results;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Result files below folders of this machine's file systems. One thread walks, several read: opening tens of thousands of
 * small files is what costs. Names are taken from their bytes, so they survive any locale.
 */
final class LocalTree {
    private final Visitor visitor;

    private LocalTree(Visitor visitor) {
        this.visitor = visitor;
    }

    /** What is done with a file; called by several threads. */
    interface Visitor {
        /** The visitor of the files of one chunk, which one thread reads; asked for in the order of the walk, by its thread. */
        default Visitor chunk() {
            return this;
        }

        void file(SourceFolder folder, String name, byte[] content);

        void tooLarge(SourceFolder folder, String name, long size, byte[] start);

        void other(SourceFolder folder, String name);
    }

    private record Entry(SourceFolder folder, Path path, String name, long size) {}

    /**
     * Reads every {@code .json} file at or below {@code roots}.
     *
     * @throws UserException when a path is missing, holds no {@code .json} file, or a file cannot be read
     */
    static void read(List<Path> roots, Visitor visitor) {
        LocalTree tree = new LocalTree(visitor);
        try (ReaderPool pool = new ReaderPool(Math.max(2, Runtime.getRuntime().availableProcessors()))) {
            for (Path root : roots) {
                tree.walk(root, pool);
            }
            pool.finish();
        }
    }

    /** The sidecars in the folders above {@code root}. */
    static void readAbove(Path root, ResultCollector collector) {
        Path folder = root.toAbsolutePath().normalize().getParent();
        for (int i = 0; i < 8 && folder != null; i++, folder = folder.getParent()) {
            for (String name : ResultCollector.sidecarNames()) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file)) {
                    try {
                        if (Files.size(file) <= ResultReader.MAX_TEXT) {
                            collector.acceptAbove(folder(folder), name, Files.readAllBytes(file));
                        }
                    } catch (IOException e) {
                        // Not below what was asked for, and no row depends on it alone.
                        collector.other();
                    }
                }
            }
        }
    }

    private void walk(Path given, ReaderPool pool) {
        Path root = given.toAbsolutePath().normalize();
        if (!Files.exists(root)) {
            throw new UserException(given + ": no such file or folder; give a folder of result files");
        }
        try {
            Walk walk = new Walk(pool);
            Files.walkFileTree(root, walk);
            walk.flush();
            if (walk.found == 0) {
                throw new UserException(given + ": holds no .json file; give a folder of result files");
            }
        } catch (IOException e) {
            throw unreadable(given.toString(), e);
        }
    }

    private static UserException unreadable(String path, IOException e) {
        String why = e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e instanceof java.nio.file.NoSuchFileException
                        ? "it is gone, or a link to nothing"
                        : Messages.firstLine(e);
        return new UserException(
                path + ": cannot be read (" + why + "); make it readable or move it away, nothing was written", e);
    }

    /** Collects the entries of one walk into chunks. */
    private final class Walk extends SimpleFileVisitor<Path> {
        private final ReaderPool pool;
        private final Map<Path, SourceFolder> folders = new HashMap<>();
        private List<Entry> chunk = new ArrayList<>(ReaderPool.CHUNK_FILES);
        private long chunkBytes;
        private long found;

        Walk(ReaderPool pool) {
            this.pool = pool;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            return name != null && name.toString().equals(".git")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            SourceFolder folder = folders.computeIfAbsent(path.getParent(), LocalTree::folder);
            String name = name(path.getFileName());
            if (!ResultCollector.wanted(name)) {
                visitor.other(folder, name);
                return FileVisitResult.CONTINUE;
            }
            BasicFileAttributes target =
                    attributes.isSymbolicLink() ? Files.readAttributes(path, BasicFileAttributes.class) : attributes;
            if (!target.isRegularFile()) {
                throw new IOException(name + " is no regular file");
            }
            found++;
            chunk.add(new Entry(folder, path, name, target.size()));
            chunkBytes += target.size();
            if (chunk.size() == ReaderPool.CHUNK_FILES || chunkBytes >= ReaderPool.CHUNK_BYTES) {
                flush();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            throw unreadable(text(path), e);
        }

        void flush() {
            if (!chunk.isEmpty()) {
                List<Entry> full = chunk;
                chunk = new ArrayList<>(ReaderPool.CHUNK_FILES);
                chunkBytes = 0;
                Visitor chunkVisitor = visitor.chunk();
                pool.submit(() -> full.forEach(entry -> open(entry, chunkVisitor)));
            }
        }
    }

    private static void open(Entry entry, Visitor visitor) {
        try (SeekableByteChannel channel = Files.newByteChannel(entry.path)) {
            int wanted = (int) Math.min(entry.size, ResultReader.MAX_FILE_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate(wanted);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // A file that shrank since it was listed ends early.
            }
            byte[] content = buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
            if (entry.size > ResultReader.MAX_FILE_BYTES) {
                visitor.tooLarge(entry.folder, entry.name, entry.size, content);
            } else {
                visitor.file(entry.folder, entry.name, content);
            }
        } catch (IOException e) {
            throw unreadable(text(entry.path), e);
        }
    }

    /** The folder at {@code path}, which is absolute. */
    static SourceFolder folder(Path path) {
        List<String> folders = new ArrayList<>();
        for (Path level : path) {
            folders.add(name(level));
        }
        return new SourceFolder(folders, "/" + String.join("/", folders));
    }

    /** The path as text, from its bytes where the locale cannot show them. */
    static String text(Path path) {
        String plain = path.toString();
        if (plain.chars().allMatch(c -> c < 0x80)) {
            return plain;
        }
        // The URI has the bytes themselves, percent-encoded.
        return URI.create(path.toAbsolutePath().toUri().toString()).getPath();
    }

    private static String name(Path level) {
        String plain = level.toString();
        if (plain.chars().allMatch(c -> c < 0x80)) {
            return plain;
        }
        String whole = text(level);
        String trimmed = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
