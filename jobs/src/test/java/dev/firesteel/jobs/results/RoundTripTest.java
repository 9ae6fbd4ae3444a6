package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.schemas.BenchmarkResult;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read as the same: files, and rows made of them. */
class RoundTripTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 500)
    void aResultIsReadAsItWasWritten(@ForAll("results") ResultFile any) throws BadResultException {
        // Reading once gives the one shape: a version for what is there, null for what was not measured.
        ResultFile file = ResultReader.read(ResultWriter.bytes(any), "stem");
        assertEquals(file, ResultReader.read(ResultWriter.bytes(file), "other"));
        assertEquals(ResultWriter.text(file), ResultWriter.text(ResultReader.read(ResultWriter.bytes(file), "other")));
    }

    @Property(tries = 500)
    void aRowKeepsAllThatItsFileTells(@ForAll("results") ResultFile any, @ForAll("places") RunPlace place)
            throws BadResultException {
        ResultFile file = ResultReader.read(ResultWriter.bytes(any), "stem");
        Hardware machine = new Hardware("cpu", 64L, java.util.List.of("g"));
        BenchmarkResult row = row(file, place, machine);
        assertEquals(file, ResultRows.file(row));
        assertEquals(machine, ResultRows.hardware(row));
        assertEquals(row, row(ResultRows.file(row), ResultRows.place(row), ResultRows.hardware(row)));
    }

    private static BenchmarkResult row(ResultFile file, RunPlace place, Hardware machine) {
        Digest content = Digest.of(Strings.sha256(), ResultWriter.bytes(file));
        Digest id = ResultRows.resultId(content, ResultRows.runIdentity(place, machine.fingerprint()));
        return ResultRows.row(id.hex(), file, place, content.hex(), "p", machine, null, NOW);
    }

    @Provide
    Arbitrary<RunPlace> places() {
        return Arbitraries.of("proving", "execution")
                .map(action -> new RunPlace(
                        RunPlace.TREE, action, "h", "10M-gas-limit", "reth", "1.0", "zisk", "0.16.1", null));
    }

    @Provide
    Arbitrary<ResultFile> results() {
        Arbitrary<ResultFile.Metadata> metadata = Combinators.combine(
                        number(), text(), text(), number(), number(), counts())
                .as((gas, format, test, index, block, ops) -> new ResultFile.Metadata(
                        gas, format, test, test, index, format, index, block, format == null ? null : ops));
        Arbitrary<ResultFile.Execution> execution = Combinators.combine(text(), flag(), number(), counts(), number())
                .as((crash, ok, cycles, regions, ns) -> crash != null
                        ? new ResultFile.Execution(crash, null, null, null, null)
                        : new ResultFile.Execution(null, ok, cycles, regions, ns));
        Arbitrary<ResultFile.Proving> proving = Combinators.combine(
                        text(), flag(), number(), number(), number(), number())
                .as((crash, ok, size, ms, verify, peak) -> crash != null
                        ? new ResultFile.Proving(crash, null, null, null, null, null)
                        : new ResultFile.Proving(null, ok, size, ms, verify, peak));
        Arbitrary<ResultFile.Verification> verification = Combinators.combine(text(), number(), number())
                .as((crash, size, ms) -> crash != null
                        ? new ResultFile.Verification(crash, null, null)
                        : new ResultFile.Verification(null, size, ms));
        Arbitrary<Instant> time = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<SortedMap<String, String>> extra = Arbitraries.of("/x", "/metadata/y~1z", "/a~0b")
                .list()
                .map(names -> {
                    SortedMap<String, String> map = new TreeMap<>();
                    names.forEach(n -> map.put(n, "[{\"k\":1.250},\"\\u00e9\"]"));
                    return map.isEmpty() ? null : map;
                });
        return Combinators.combine(
                        name(),
                        time.injectNull(0.2),
                        Arbitraries.integers().between(1, 6),
                        metadata,
                        execution,
                        proving.injectNull(0.5),
                        verification.injectNull(0.5),
                        extra)
                .as(ResultFile::new);
    }

    private static Arbitrary<String> name() {
        return Arbitraries.oneOf(
                Arbitraries.of(ResultTrees.HOSTILE_NAMES),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(60).map(RoundTripTest::wellFormed),
                Arbitraries.longs().between(0, 99_999_999).map(n -> "rpc_block_" + n));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(40).map(RoundTripTest::wellFormed),
                        Arbitraries.of(ResultTrees.REASONS))
                .injectNull(0.5);
    }

    /** Half a surrogate pair is no text. */
    private static String wellFormed(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Arbitrary<Long> number() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE).injectNull(0.3);
    }

    private static Arbitrary<Boolean> flag() {
        return Arbitraries.of(true, false).injectNull(0.3);
    }

    private static Arbitrary<SortedMap<String, Long>> counts() {
        return Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(10).map(RoundTripTest::wellFormed),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .ofMaxSize(4)
                .map((Map<String, Long> m) -> (SortedMap<String, Long>) new TreeMap<>(m))
                .injectNull(0.3);
    }
}
