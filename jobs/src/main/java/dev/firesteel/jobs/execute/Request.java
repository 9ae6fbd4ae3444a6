package dev.firesteel.jobs.execute;

import java.util.Map;

/**
 * A witness row as the driver knows it: all but the input, and of the expected output its hash.
 *
 * @param expectedOutputSha256 SHA-256 of the expected output, 64 hex digits; null when none is known
 */
record Request(
        String id,
        String programHash,
        String inputHash,
        long inputBytes,
        String kind,
        Long chainId,
        Long blockNumber,
        String fixtureName,
        String opcode,
        Long opCount,
        Long gasUsed,
        Long transactionCount,
        Map<String, String> parameters,
        String expectedOutputSha256,
        Integer expectedExitCode) {

    /** Program and input: requests that share both share one execution. */
    Work work() {
        return new Work(programHash, inputHash);
    }

    /** What is executed once, whoever asks for it. */
    record Work(String programHash, String inputHash) {}
}
