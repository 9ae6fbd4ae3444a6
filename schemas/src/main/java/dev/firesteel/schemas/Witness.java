package dev.firesteel.schemas;

import java.util.Map;

/**
 * Row of {@code witness}: One row per request. Plain Parquet: an input that other systems may write.
 *
 * @param requestId name of the request, unique in a warehouse
 * @param programHash program to run, as in programs; NULL while no guest can run this request
 * @param input private input of the guest, whole
 * @param inputHash SHA-256 of input, 64 hex digits
 * @param inputBytes size of input, bytes
 * @param kind what the request stands for: guest, state-batch, block, eest, marginal, …
 * @param chainId chain of the block, if any
 * @param blockNumber number of the block, if any
 * @param fixtureName full name of the test fixture, if any
 * @param opcode opcode under test in a marginal benchmark, lower case
 * @param opCount how often the opcode runs
 * @param gasUsed gas that the request stands for
 * @param transactionCount transactions in the block
 * @param parameters further parameters, such as updates = 10
 * @param expectedOutput public output where known
 * @param expectedExitCode exit code where known; 0 is success
 * @param sourceFile path it was ingested from
 */
public record Witness(
        String requestId,
        String programHash,
        byte[] input,
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
        byte[] expectedOutput,
        Integer expectedExitCode,
        String sourceFile) {}
