package dev.firesteel.jobs.results;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link ResultReader} has read so far; {@link #build} makes the one shape of it. */
final class ResultBuilder {
    String name;
    Instant completedAt;
    Long topGasUsed;
    boolean hasMetadata;
    Long gasUsed;
    String fixtureFormat;
    String originalTestName;
    String sourcePath;
    Long blockIndex;
    String network;
    Long chainId;
    Long blockNumber;
    SortedMap<String, Long> opcodeCount;
    final Part execution = new Part("/execution", "/execution/success/");
    final Part proving = new Part("/proving", "/proving/success/");
    final Part verification = new Part("/verification", "/verification/success/");
    private SortedMap<String, String> extra;

    /** Any of the three parts; each uses the fields that its variant of the format has. */
    static final class Part {
        final String at;
        final String atSuccess;
        boolean success;
        String crashed;
        Boolean outputMatched;
        Long cycles;
        SortedMap<String, Long> regions;
        Long durationNs;
        Long proofBytes;
        Long provingMs;
        Long verificationMs;
        Long peakMemoryBytes;

        /** Pointers to the part, and to members of its success without their names. */
        Part(String at, String atSuccess) {
            this.at = at;
            this.atSuccess = atSuccess;
        }

        boolean present() {
            return success || crashed != null;
        }
    }

    /** Keeps a member that no field holds. */
    void extra(String pointer, String json) throws BadResultException {
        if (extra == null) {
            extra = new TreeMap<>();
        }
        extra.put(pointer, json);
        if (extra.size() > ResultReader.MAX_ENTRIES) {
            throw new BadResultException(
                    QuarantineClass.TOO_LARGE, "more than " + ResultReader.MAX_ENTRIES + " unknown members");
        }
    }

    /** The result; {@code stem} is its name when the file tells none. */
    ResultFile build(String stem) throws BadResultException {
        if (!execution.present() && !proving.present() && !verification.present()) {
            throw new BadResultException(
                    QuarantineClass.NOT_A_RESULT, "holds none of execution, proving and verification");
        }
        String own = name == null ? FileNames.unescaped(stem) : name;
        if (own.isEmpty()) {
            throw new BadResultException(QuarantineClass.NOT_A_RESULT, "/name is empty");
        }
        ResultFile.Metadata metadata = new ResultFile.Metadata(
                gasUsed == null ? topGasUsed : gasUsed,
                fixtureFormat,
                originalTestName,
                sourcePath,
                blockIndex,
                network,
                chainId,
                blockNumber == null ? FixtureName.blockNumber(own) : blockNumber,
                opcodeCount);
        if (gasUsed != null && topGasUsed != null) {
            extra("/block_used_gas", topGasUsed.toString());
        }
        Part e = execution;
        Part p = proving;
        Part v = verification;
        return new ResultFile(
                own,
                completedAt,
                schemaVersion(),
                metadata,
                e.present()
                        ? new ResultFile.Execution(
                                e.crashed, e.outputMatched, positive(e.cycles), e.regions, e.durationNs)
                        : null,
                p.present()
                        ? new ResultFile.Proving(
                                p.crashed,
                                p.outputMatched,
                                p.proofBytes,
                                p.provingMs,
                                p.verificationMs,
                                p.peakMemoryBytes)
                        : null,
                v.present() ? new ResultFile.Verification(v.crashed, v.proofBytes, v.verificationMs) : null,
                extra);
    }

    /** 0 cycles means that nobody counted. */
    private static Long positive(Long cycles) {
        return cycles == null || cycles == 0 ? null : cycles;
    }

    private int schemaVersion() {
        if (execution.outputMatched != null || proving.outputMatched != null || fixtureFormat != null) {
            return 6;
        }
        if (verification.present()) {
            return 5;
        }
        if (proving.verificationMs != null) {
            return 4;
        }
        return hasMetadata ? 3 : completedAt != null ? 2 : 1;
    }
}
