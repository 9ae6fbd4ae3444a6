package dev.firesteel.jobs.results;

import dev.firesteel.cli.Messages;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Quarantine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Holds what was read of all files, and makes rows of it once all are there: a result's hardware is told by a file that may
 * come after it. Files are taken by a {@link ResultBatch} for each thread and time. Holds less than a kilobyte a result.
 */
final class ResultCollector {
    /** The job's name, for {@code quarantine}. */
    static final String JOB = "import-results";

    private static final String HARDWARE = "hardware.json";
    private static final String METADATA = "metadata.json";

    /** What other files tell of a folder's results, each null when they do not, and the results' common part of their identities. */
    private record Sidecars(Hardware hardware, SortedMap<String, String> run, byte[] identity) {}

    private final List<ResultBatch> batches = new ArrayList<>();
    private final Map<String, Hardware> hardware = new ConcurrentHashMap<>();
    private final Map<String, Hardware> hardwareOfMetadata = new ConcurrentHashMap<>();
    private final Map<String, SortedMap<String, String>> runMetadata = new ConcurrentHashMap<>();
    private final AtomicLong sidecars = new AtomicLong();
    private final AtomicLong others = new AtomicLong();

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

    /** A place for the files that follow those of earlier batches; asked for by one thread at a time. */
    ResultBatch batch() {
        ResultBatch batch = new ResultBatch(this);
        batches.add(batch);
        return batch;
    }

    /** Takes a sidecar from above the folders that were asked for; a broken one there is nobody's file to refuse. */
    void acceptAbove(SourceFolder folder, String fileName, byte[] content) {
        try {
            sidecar(folder, fileName, content);
        } catch (BadResultException e) {
            others.incrementAndGet();
        }
    }

    /** Takes a file that tells of other files; throws when it is broken. */
    void sidecar(SourceFolder folder, String fileName, byte[] content) throws BadResultException {
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
        return sum(b -> b.parsed().size());
    }

    /** Files that became no row and no sidecar. */
    long refusals() {
        return sum(b -> b.refused().size());
    }

    long sidecars() {
        return sidecars.get();
    }

    /** Files whose names do not end with {@code .json}. */
    long others() {
        return others.get();
    }

    long bytes() {
        return sum(ResultBatch::bytes);
    }

    private long sum(ToLongFunction<ResultBatch> count) {
        return batches.stream().mapToLong(count).sum();
    }

    /** A result that was read, with its identity. */
    record Result(Digest id, ResultBatch.Parsed parsed, Sidecars sidecars) {
        String resultId() {
            return id.hex();
        }

        /**
         * Its row, made anew at every call: rows of a large import together would take most of its memory.
         *
         * @param importedAt truncated to microseconds
         */
        BenchmarkResult row(Instant importedAt) {
            return ResultRows.row(
                    resultId(),
                    parsed.file(),
                    parsed.folder().place(),
                    parsed.content().hex(),
                    parsed.sourcePath(),
                    sidecars.hardware,
                    sidecars.run,
                    importedAt);
        }
    }

    /**
     * All results in the order in which their files were listed, so that neighbours have much in common: one for each identity, of
     * several the one with the least source path, so that the order does not matter.
     */
    List<Result> distinct() {
        Map<SourceFolder, Sidecars> told = new IdentityHashMap<>();
        for (ResultBatch batch : batches) {
            batch.parsed().forEach(p -> told.computeIfAbsent(p.folder(), this::sidecars));
        }
        List<Result> all = batches.parallelStream()
                .flatMap(batch -> batch.parsed().stream())
                .map(p -> result(p, told.get(p.folder())))
                .toList();
        Map<Digest, Result> distinct = new HashMap<>(all.size() * 2);
        for (Result result : all) {
            Result other = distinct.putIfAbsent(result.id, result);
            if (other != null && result.parsed.sourcePath().compareTo(other.parsed.sourcePath()) < 0) {
                distinct.put(result.id, result);
            }
        }
        return distinct.size() == all.size()
                ? all
                : all.stream().filter(r -> distinct.get(r.id) == r).toList();
    }

    private static Result result(ResultBatch.Parsed p, Sidecars sidecars) {
        return new Result(ResultRows.resultId(p.content(), sidecars.identity), p, sidecars);
    }

    private Sidecars sidecars(SourceFolder folder) {
        Hardware machine = nearest(folder, hardware);
        boolean marginal = folder.place().layout().equals(RunPlace.MARGINAL);
        Hardware told = machine != null ? machine : nearest(folder, hardwareOfMetadata);
        return new Sidecars(
                told,
                marginal ? nearest(folder, runMetadata) : null,
                ResultRows.runIdentity(folder.place(), told == null ? null : told.fingerprint()));
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
        refused().forEach(r -> counts.merge(r.kind().label(), 1, Integer::sum));
        return counts;
    }

    /** The rows of {@code quarantine}, by path. */
    List<Quarantine> quarantine(String runId, Instant at) {
        return refused()
                .sorted(Comparator.comparing(ResultBatch.Refused::path))
                .map(r -> new Quarantine(
                        r.path(), -1, r.sha256(), r.bytes(), JOB, r.kind().label(), oneLine(r.reason()), at, runId))
                .toList();
    }

    private Stream<ResultBatch.Refused> refused() {
        return batches.stream().flatMap(b -> b.refused().stream());
    }

    private static String oneLine(String text) {
        String line = Messages.firstLine(text);
        return line.length() <= 500 ? line : line.substring(0, 500) + "…";
    }
}
