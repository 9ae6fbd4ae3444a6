package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import dev.firesteel.schemas.BenchmarkResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes rows as the ecosystem's files. Everything is written beside the target and renamed to it at the end: the target is
 * whole or not there.
 *
 * <p>Two rows may want one place: a run was repeated, or a folder's name stands for two machines. Later ones go to
 * {@code repeat-2/}, {@code repeat-3/} and so on, each a tree of its own, so no row's file has to lie about its run.
 */
final class ResultExporter implements AutoCloseable {
    private static final int MAX_REPEATS = 1_000_000;

    private final Path target;
    private final Path part;
    private final Set<String> files = new HashSet<>();
    private final Map<String, String> machines = new HashMap<>();
    private final Map<String, String> runMetadata = new HashMap<>();
    private long written;
    private boolean done;

    /** Prepares to write {@code target}; throws {@link UserException} when something is there already. */
    ResultExporter(Path target) {
        this.target = target.toAbsolutePath().normalize();
        this.part = this.target.resolveSibling("." + this.target.getFileName() + ".part-"
                + ProcessHandle.current().pid());
        try {
            if (Files.exists(this.target) && !(Files.isDirectory(this.target) && empty(this.target))) {
                throw new UserException(target + ": exists and is not an empty folder; name a new --out");
            }
            Files.createDirectories(part);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static boolean empty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Writes all of {@code rows}, which come in the order in which repeats are numbered. */
    void write(Iterator<BenchmarkResult> rows) {
        while (rows.hasNext()) {
            BenchmarkResult row = rows.next();
            write(
                    ResultRows.file(row),
                    ResultRows.place(row),
                    row.action(),
                    ResultRows.hardware(row),
                    row.runMetadata());
        }
    }

    /** Writes one result; {@code hardware} and {@code run} may be null. */
    void write(ResultFile file, RunPlace place, String action, Hardware hardware, Map<String, String> run) {
        List<String> folders =
                place.folders(action).stream().map(FileNames::folder).toList();
        // Above the client's folder, as the ecosystem's runner puts it.
        int hardwareLevels = folders.size() - (place.client() == null ? 0 : 1) - (place.zkvm() == null ? 0 : 1);
        String name = FileNames.fileName(file.name());
        for (int n = 1; n <= MAX_REPEATS; n++) {
            List<String> root = new ArrayList<>();
            if (n > 1) {
                root.add("repeat-" + n);
            }
            if (place.layout().equals(RunPlace.MARGINAL)) {
                root.add("marginal");
            }
            if (tryPlace(root, folders, hardwareLevels, name, hardware, run)) {
                put(joined(root, folders), name, ResultWriter.bytes(file));
                written++;
                return;
            }
        }
        throw new IllegalStateException("a million results of one name and place: " + file.name());
    }

    /**
     * Claims the file and its sidecars below {@code root}, or nothing. That a folder has no {@code hardware.json} is a claim as
     * well: a result of an unknown machine must not come to lie below another one's.
     */
    private boolean tryPlace(
            List<String> root,
            List<String> folders,
            int hardwareLevels,
            String name,
            Hardware hardware,
            Map<String, String> run) {
        List<String> hardwareFolder = joined(root, folders.subList(0, hardwareLevels));
        String machine = hardware == null ? "" : hardware.fingerprint();
        String runs = run == null ? "" : new String(RunMetadata.bytes(run), StandardCharsets.UTF_8);
        String fileKey = key(joined(root, folders)) + key(List.of(name));
        if (files.contains(fileKey)
                || !machineFits(key(hardwareFolder), machine)
                || !runMetadata.getOrDefault(key(root), runs).equals(runs)) {
            return false;
        }
        files.add(fileKey);
        if (machines.putIfAbsent(key(hardwareFolder), machine) == null && hardware != null) {
            put(hardwareFolder, "hardware.json", hardware.bytes());
        }
        if (runMetadata.putIfAbsent(key(root), runs) == null && run != null) {
            put(root, RunMetadata.FILE, RunMetadata.bytes(run));
        }
        return true;
    }

    private boolean machineFits(String folder, String machine) {
        String claimed = machines.get(folder);
        if (claimed != null) {
            return claimed.equals(machine);
        }
        for (Map.Entry<String, String> e : machines.entrySet()) {
            boolean above = folder.startsWith(e.getKey());
            boolean below = e.getKey().startsWith(folder);
            if ((above && machine.isEmpty() && !e.getValue().isEmpty())
                    || (below && !machine.isEmpty() && e.getValue().isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> joined(List<String> root, List<String> folders) {
        List<String> path = new ArrayList<>(root);
        path.addAll(folders);
        return path;
    }

    /** Lower case: some file systems take names that differ in case for the same. */
    private static String key(List<String> levels) {
        return levels.stream().map(l -> l.toLowerCase(Locale.ROOT) + "/").collect(Collectors.joining());
    }

    private void put(List<String> folders, String name, byte[] content) {
        try {
            Path folder = resolve(part, folders);
            Files.createDirectories(folder);
            Files.write(resolve(folder, List.of(name)), content);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Resolves names by their bytes: a path made of text fails where the locale lacks a character. */
    private static Path resolve(Path folder, List<String> names) {
        StringBuilder uri = new StringBuilder(folder.toUri().toString());
        for (String name : names) {
            if (uri.charAt(uri.length() - 1) != '/') {
                uri.append('/');
            }
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '_';
                if (plain) {
                    uri.append((char) b);
                } else {
                    uri.append(String.format(Locale.ROOT, "%%%02X", b));
                }
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** Makes the target appear; returns how many results it holds. */
    long finish() {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
            return written;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UserException unwritable(IOException e) {
        return new UserException(target + ": cannot be written (" + e.getMessage() + "); choose another --out", e);
    }

    /** Removes what was written, unless {@link #finish} made it the target. */
    @Override
    public void close() {
        if (done || !Files.exists(part)) {
            return;
        }
        try {
            Files.walkFileTree(part, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
