package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firesteel pack-results}: puts trees of result files into one tar archive, which moves and imports much faster. */
@Command(
        name = "pack-results",
        mixinStandardHelpOptions = true,
        description = "Pack the .json files of result trees into one tar archive for import-results --packed.",
        footer = {"", "Example: firesteel pack-results zkevm-benchmark-runs/data --packed results.tar"})
public final class PackResultsCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders of results.")
    private List<Path> paths = List.of();

    @Option(names = "--packed", required = true, paramLabel = "FILE", description = "The archive to write.")
    private Path packed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        long files = pack(paths, packed);
        out.printf("%d files packed into %s%n", files, packed);
        out.flush();
        return 0;
    }

    /** Packs {@code roots} into {@code target}, which appears when it is whole; returns how many files. */
    static long pack(List<Path> roots, Path target) {
        Path whole = target.toAbsolutePath().normalize();
        if (Files.exists(whole)) {
            throw new UserException(target + ": exists; remove it or name another --packed");
        }
        Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
        AtomicLong files = new AtomicLong();
        try {
            try (TarWriter tar = new TarWriter(Files.newOutputStream(part))) {
                Map<List<String>, Path> taken = new HashMap<>();
                for (Path root : roots) {
                    LocalTree.read(List.of(root), new Packer(root, prefix(root, taken), tar, files));
                }
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            return files.get();
        } catch (IOException e) {
            throw new UserException(target + ": cannot be written (" + e.getMessage() + "); choose another place", e);
        } finally {
            part.toFile().delete();
        }
    }

    /** The folders that the archive's paths begin with: from the top of the layout, so that no level is lost. */
    private static List<String> prefix(Path root, Map<List<String>, Path> taken) {
        Path absolute = root.toAbsolutePath().normalize();
        Path folder = Files.isDirectory(absolute) ? absolute : absolute.getParent();
        List<String> prefix = LocalTree.folder(folder).fromTop();
        Path other = taken.putIfAbsent(prefix, folder);
        if (other == null || other.equals(folder)) {
            return prefix;
        }
        List<String> apart = new java.util.ArrayList<>(prefix);
        apart.add(0, "pack-" + (taken.size() + 1));
        taken.put(apart, folder);
        return apart;
    }

    private static final class Packer implements LocalTree.Visitor {
        private final int depth;
        private final List<String> prefix;
        private final TarWriter tar;
        private final AtomicLong files;

        Packer(Path root, List<String> prefix, TarWriter tar, AtomicLong files) {
            Path absolute = root.toAbsolutePath().normalize();
            this.depth = (Files.isDirectory(absolute) ? absolute : absolute.getParent()).getNameCount();
            this.prefix = prefix;
            this.tar = tar;
            this.files = files;
        }

        @Override
        public void file(SourceFolder folder, String name, byte[] content) {
            StringBuilder path = new StringBuilder(String.join("/", prefix));
            folder.below(depth).forEach(level -> path.append('/').append(level));
            path.append('/').append(name);
            synchronized (tar) {
                try {
                    tar.add(path.toString(), content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            files.incrementAndGet();
        }

        @Override
        public void tooLarge(SourceFolder folder, String name, long size, byte[] start) {
            throw new UserException(folder.path(name) + ": has " + size + " bytes, more than "
                    + ResultReader.MAX_FILE_BYTES + "; move it away, nothing was packed");
        }

        @Override
        public void other(SourceFolder folder, String name) {
            // Only result files and what tells of them are packed.
        }
    }
}
