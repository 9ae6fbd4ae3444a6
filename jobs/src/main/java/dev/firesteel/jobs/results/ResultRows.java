package dev.firesteel.jobs.results;

import dev.firesteel.schemas.BenchmarkResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows of {@code benchmark_results} from result files and back. */
final class ResultRows {
    private static final String SUCCESS = "success";
    private static final String CRASHED = "crashed";

    // Neither byte occurs in UTF-8: no two lists of parts give the same bytes.
    private static final byte[] TOLD = {(byte) 0xfe};
    private static final byte[] NOT_TOLD = {(byte) 0xff};

    private ResultRows() {}

    /** The outcome columns of one part of a file. */
    private record Outcome(String label, String crashClass, String reason, Long censoredMs) {
        static final Outcome ABSENT = new Outcome(null, null, null, null);

        static Outcome of(boolean present, String crashed) {
            if (!present) {
                return ABSENT;
            }
            if (crashed == null) {
                return new Outcome(SUCCESS, null, null, null);
            }
            CrashReason reason = CrashReason.of(crashed);
            return new Outcome(CRASHED, reason.kind().label(), crashed, reason.limitMs());
        }
    }

    /**
     * The row of {@code file}.
     *
     * @param resultId from {@link #resultId}
     * @param contentSha256 digest of the file's canonical form
     * @param sourcePath where it was read
     * @param hardware the machine, or null
     * @param runMetadata what the marginal runner told, or null
     * @param importedAt when, truncated to microseconds by the caller
     */
    static BenchmarkResult row(
            String resultId,
            ResultFile file,
            RunPlace place,
            String contentSha256,
            String sourcePath,
            Hardware hardware,
            Map<String, String> runMetadata,
            Instant importedAt) {
        ResultFile.Metadata m = file.metadata();
        ResultFile.Execution e = file.execution();
        ResultFile.Proving p = file.proving();
        ResultFile.Verification v = file.verification();
        Outcome eo = Outcome.of(e != null, e == null ? null : e.crashed());
        Outcome po = Outcome.of(p != null, p == null ? null : p.crashed());
        Outcome vo = Outcome.of(v != null, v == null ? null : v.crashed());
        FixtureName fixture = FixtureName.of(file.name());
        String hardwareSha256 = hardware == null ? null : hardware.fingerprint();
        Instant at = file.completedAt();
        return new BenchmarkResult(
                resultId,
                contentSha256,
                sourcePath,
                file.schemaVersion(),
                place.layout(),
                file.name(),
                place.action() != null
                        ? place.action()
                        : p != null ? "proving" : v != null ? "verification" : "execution",
                at == null ? null : at.truncatedTo(ChronoUnit.MICROS),
                at == null ? null : at.get(ChronoField.NANO_OF_SECOND),
                place.zkvm(),
                place.zkvmVersion(),
                place.client(),
                place.clientVersion(),
                place.fixtureSet(),
                place.sample(),
                runMetadata,
                place.hardwareFolder(),
                hardwareSha256,
                hardware == null ? null : hardware.cpuModel(),
                hardware == null ? null : hardware.totalRamGib(),
                hardware == null ? null : hardware.gpuModels(),
                fixture.opcode(),
                fixture.opCount(),
                fixture.gasLimit() != null ? fixture.gasLimit() : FixtureName.gasLimitOfSet(place.fixtureSet()),
                m.gasUsed(),
                m.fixtureFormat(),
                m.originalTestName(),
                m.sourcePath(),
                m.blockIndex(),
                m.network(),
                m.chainId(),
                m.blockNumber(),
                m.opcodeCount(),
                eo.label,
                e == null ? null : e.outputMatched(),
                e == null ? null : e.cycles(),
                e == null ? null : e.regionCycles(),
                e == null ? null : e.durationNs(),
                eo.crashClass,
                eo.reason,
                eo.censoredMs,
                po.label,
                p == null ? null : p.outputMatched(),
                p == null ? null : p.proofBytes(),
                p == null ? null : p.provingMs(),
                p == null ? null : p.verificationMs(),
                p == null ? null : p.peakMemoryBytes(),
                po.crashClass,
                po.reason,
                po.censoredMs,
                vo.label,
                v == null ? null : v.proofBytes(),
                v == null ? null : v.verificationMs(),
                vo.crashClass,
                vo.reason,
                vo.censoredMs,
                file.extra(),
                importedAt);
    }

    /** The identity of a row: what the file says, and the run that its place tells, from {@link #runIdentity}. */
    static Digest resultId(Digest content, byte[] run) {
        return Digest.of(Strings.sha256(), TOLD, content.hexBytes(), run);
    }

    /** The part of the identity that all results of a run at one place have in common. */
    static byte[] runIdentity(RunPlace place, String hardwareSha256) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : new String[] {
            place.zkvm(),
            place.zkvmVersion(),
            place.client(),
            place.clientVersion(),
            place.sample() == null ? null : place.sample().toString(),
            hardwareSha256
        }) {
            out.writeBytes(part == null ? NOT_TOLD : TOLD);
            if (part != null) {
                out.writeBytes(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** The file that {@code row} was read from, in its one shape. */
    static ResultFile file(BenchmarkResult row) {
        ResultFile.Metadata metadata = new ResultFile.Metadata(
                row.gasUsed(),
                row.fixtureFormat(),
                row.originalTestName(),
                row.fixtureSourcePath(),
                row.blockIndex(),
                row.network(),
                row.chainId(),
                row.blockNumber(),
                sorted(row.opcodeCount()));
        return new ResultFile(
                row.name(),
                row.completedAt() == null || row.completedNanos() == null
                        ? row.completedAt()
                        : row.completedAt().with(ChronoField.NANO_OF_SECOND, row.completedNanos()),
                row.schemaVersion(),
                metadata,
                row.executionOutcome() == null
                        ? null
                        : new ResultFile.Execution(
                                row.executionCrashReason(),
                                row.executionOutputMatched(),
                                row.cycles(),
                                sorted(row.regionCycles()),
                                row.executionNs()),
                row.provingOutcome() == null
                        ? null
                        : new ResultFile.Proving(
                                row.provingCrashReason(),
                                row.provingOutputMatched(),
                                row.proofBytes(),
                                row.provingMs(),
                                row.provingVerificationMs(),
                                row.peakMemoryBytes()),
                row.verificationOutcome() == null
                        ? null
                        : new ResultFile.Verification(
                                row.verificationCrashReason(), row.verifiedProofBytes(), row.verificationMs()),
                sorted(row.extra()));
    }

    /** The place that {@code row} tells of. */
    static RunPlace place(BenchmarkResult row) {
        return new RunPlace(
                row.layout(),
                row.action(),
                row.hardwareFolder(),
                row.fixtureSet(),
                row.client(),
                row.clientVersion(),
                row.zkvm(),
                row.zkvmVersion(),
                row.sample());
    }

    /** The machine that {@code row} tells of, or null. */
    static Hardware hardware(BenchmarkResult row) {
        return row.hardwareSha256() == null
                ? null
                : new Hardware(
                        row.cpuModel(), row.totalRamGib(), row.gpuModels() == null ? List.of() : row.gpuModels());
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return map == null ? null : new TreeMap<>(map);
    }
}
