package dev.firesteel.jobs.results;

import dev.firesteel.cli.Messages;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Quarantine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes files from any number of threads, and makes rows of them once all are there: a result's hardware is told by a file
 * that may come after it. Holds about two kilobytes a result.
 */
final class ResultCollector {
    /** The job's name, for {@code quarantine}. */
    static final String JOB = "import-results";

    private static final String HARDWARE = "hardware.json";
    private static final String METADATA = "metadata.json";
    private static final String FIXTURES = "fixtures.json";

    private record Parsed(SourceFolder folder, String fileName, ResultFile file, String contentSha256) {}

    /** What other files tell of a folder's results; each may be null. */
    private record Sidecars(Hardware hardware, SortedMap<String, String> run) {}

    private record Refused(String path, long bytes, String sha256, QuarantineClass kind, String reason) {}

    private final Collection<Parsed> parsed = new ConcurrentLinkedQueue<>();
    private final Collection<Refused> refused = new ConcurrentLinkedQueue<>();
    private final Map<String, Hardware> hardware = new ConcurrentHashMap<>();
    private final Map<String, Hardware> hardwareOfMetadata = new ConcurrentHashMap<>();
    private final Map<String, SortedMap<String, String>> runMetadata = new ConcurrentHashMap<>();
    private final AtomicLong sidecars = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Whether a file of this name is read at all. */
    static boolean wanted(String fileName) {
        return fileName.endsWith(FileNames.SUFFIX);
    }

    /** The names of files that tell of other files. */
    static List<String> sidecarNames() {
        return List.of(HARDWARE, METADATA, RunMetadata.FILE);
    }

    /** Counts a file whose name says that it is no result. */
    void other() {
        others.incrementAndGet();
    }

    /** Takes one file with its bytes. */
    void accept(SourceFolder folder, String fileName, byte[] content) {
        bytes.addAndGet(content.length);
        try {
            if (fileName.equals(HARDWARE) || fileName.equals(RunMetadata.FILE)) {
                sidecar(folder, fileName, content);
                return;
            }
            String stem = fileName.substring(0, fileName.length() - FileNames.SUFFIX.length());
            ResultFile file = ResultReader.read(content, stem);
            parsed.add(new Parsed(folder, fileName, file, Strings.sha256(ResultWriter.bytes(file))));
        } catch (BadResultException e) {
            if (e.kind() == QuarantineClass.NOT_A_RESULT && (fileName.equals(METADATA) || fileName.equals(FIXTURES))) {
                metadata(folder, fileName, content);
                return;
            }
            refused.add(new Refused(
                    folder.path(fileName), content.length, Strings.sha256(content), e.kind(), e.getMessage()));
        }
    }

    /** Takes a file that is too large to be read: {@code start} holds its first {@link ResultReader#MAX_FILE_BYTES} bytes. */
    void acceptTooLarge(SourceFolder folder, String fileName, long size, byte[] start) {
        refused.add(new Refused(
                folder.path(fileName),
                size,
                Strings.sha256(start),
                QuarantineClass.TOO_LARGE,
                "the file has " + size + " bytes, more than " + ResultReader.MAX_FILE_BYTES
                        + "; the digest is of that many"));
    }

    /** Takes a sidecar from above the folders that were asked for; a broken one there is nobody's file to refuse. */
    void acceptAbove(SourceFolder folder, String fileName, byte[] content) {
        try {
            sidecar(folder, fileName, content);
        } catch (BadResultException e) {
            others.incrementAndGet();
        }
    }

    private void metadata(SourceFolder folder, String fileName, byte[] content) {
        try {
            sidecar(folder, fileName, content);
        } catch (BadResultException e) {
            refused.add(new Refused(
                    folder.path(fileName), content.length, Strings.sha256(content), e.kind(), e.getMessage()));
        }
    }

    private void sidecar(SourceFolder folder, String fileName, byte[] content) throws BadResultException {
        switch (fileName) {
            case HARDWARE -> {
                Hardware h = Hardware.read(content);
                if (h == null) {
                    throw new BadResultException(QuarantineClass.SIDECAR, "tells neither CPU, memory nor GPUs");
                }
                hardware.put(folder.key(), h);
            }
            case METADATA -> {
                Hardware h = Hardware.read(content);
                if (h != null) {
                    hardwareOfMetadata.put(folder.key(), h);
                }
            }
            case RunMetadata.FILE -> {
                SortedMap<String, String> members = RunMetadata.read(content);
                if (members != null) {
                    runMetadata.put(folder.key(), members);
                }
            }
            default -> {
                // fixtures.json tells where the fixtures came from; the folder's name does too.
            }
        }
        sidecars.incrementAndGet();
    }

    /** Results that were read, duplicates included. */
    long results() {
        return parsed.size();
    }

    /** Files that became no row and no sidecar. */
    long refusals() {
        return refused.size();
    }

    long sidecars() {
        return sidecars.get();
    }

    /** Files whose names do not end with {@code .json}. */
    long others() {
        return others.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** A result that was read, with its identity. */
    record Result(String resultId, Parsed parsed, Sidecars sidecars) {
        String sourcePath() {
            return parsed.folder.sourcePath(parsed.fileName);
        }

        /**
         * Its row, made anew at every call: rows of a large import together would take most of its memory.
         *
         * @param importedAt truncated to microseconds
         */
        BenchmarkResult row(Instant importedAt) {
            return ResultRows.row(
                    resultId,
                    parsed.file,
                    parsed.folder.place(),
                    parsed.contentSha256,
                    sourcePath(),
                    sidecars.hardware,
                    sidecars.run,
                    importedAt);
        }
    }

    /**
     * All results: one for each identity, of several the one with the least source path, so that the order in which
     * threads came does not matter.
     */
    List<Result> distinct() {
        Map<SourceFolder, Sidecars> told = new IdentityHashMap<>();
        parsed.forEach(p -> told.computeIfAbsent(p.folder, this::sidecars));
        List<Result> all = new ArrayList<>(parsed)
                .parallelStream().map(p -> result(p, told.get(p.folder))).toList();
        Map<String, Result> distinct = new HashMap<>(all.size() * 2);
        for (Result result : all) {
            distinct.merge(result.resultId, result, (x, y) -> x.sourcePath().compareTo(y.sourcePath()) <= 0 ? x : y);
        }
        return new ArrayList<>(distinct.values());
    }

    private static Result result(Parsed p, Sidecars sidecars) {
        String hardware = sidecars.hardware == null ? null : sidecars.hardware.fingerprint();
        return new Result(ResultRows.resultId(p.contentSha256, p.folder.place(), hardware), p, sidecars);
    }

    private Sidecars sidecars(SourceFolder folder) {
        Hardware machine = nearest(folder, hardware);
        boolean marginal = folder.place().layout().equals(RunPlace.MARGINAL);
        return new Sidecars(
                machine != null ? machine : nearest(folder, hardwareOfMetadata),
                marginal ? nearest(folder, runMetadata) : null);
    }

    private static <V> V nearest(SourceFolder folder, Map<String, V> byFolder) {
        for (String key : folder.sidecarKeys()) {
            V value = byFolder.get(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** How many files were refused for each class. */
    SortedMap<String, Integer> refusedByClass() {
        SortedMap<String, Integer> counts = new java.util.TreeMap<>();
        refused.forEach(r -> counts.merge(r.kind.label(), 1, Integer::sum));
        return counts;
    }

    /** The rows of {@code quarantine}, by path. */
    List<Quarantine> quarantine(String runId, Instant at) {
        return refused.stream()
                .sorted(Comparator.comparing(Refused::path))
                .map(r -> new Quarantine(
                        r.path, -1, r.sha256, r.bytes, JOB, r.kind.label(), oneLine(r.reason), at, runId))
                .toList();
    }

    private static String oneLine(String text) {
        String line = Messages.firstLine(text);
        return line.length() <= 500 ? line : line.substring(0, 500) + "…";
    }
}
