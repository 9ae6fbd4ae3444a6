package dev.firesteel.jobs.results;

import java.time.Instant;
import java.util.SortedMap;

/**
 * One result file, all six schema versions in one shape. What is absent, and what the format writes for "not measured"
 * (0 cycles, empty maps), is null; {@link ResultReader} makes it and {@link ResultWriter} writes its canonical form.
 *
 * @param name name of the fixture
 * @param completedAt when the run ended, nanoseconds; null before schema version 2
 * @param schemaVersion lowest version, 1 to 6, that has all members of the file
 * @param metadata workload; never null
 * @param execution execution part, or null
 * @param proving proving part, or null
 * @param verification separate verification, or null
 * @param extra members that no field holds, JSON pointer to JSON text; null when there is none
 */
record ResultFile(
        String name,
        Instant completedAt,
        int schemaVersion,
        Metadata metadata,
        Execution execution,
        Proving proving,
        Verification verification,
        SortedMap<String, String> extra) {

    /** {@code metadata}; {@code gasUsed} stood at the top before schema version 3. Block number: from the file, else the name. */
    record Metadata(
            Long gasUsed,
            String fixtureFormat,
            String originalTestName,
            String sourcePath,
            Long blockIndex,
            String network,
            Long chainId,
            Long blockNumber,
            SortedMap<String, Long> opcodeCount) {}

    /** {@code execution}; exactly one of {@code crashed} (the reason) and success. Duration in ns. */
    record Execution(
            String crashed,
            Boolean outputMatched,
            Long cycles,
            SortedMap<String, Long> regionCycles,
            Long durationNs) {}

    /** {@code proving}; sizes in bytes, times in ms. */
    record Proving(
            String crashed,
            Boolean outputMatched,
            Long proofBytes,
            Long provingMs,
            Long verificationMs,
            Long peakMemoryBytes) {}

    /** {@code verification}; size in bytes, time in ms. */
    record Verification(String crashed, Long proofBytes, Long verificationMs) {}
}
