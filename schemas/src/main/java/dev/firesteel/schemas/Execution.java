package dev.firesteel.schemas;

import java.time.Instant;
import java.util.Map;

/**
 * Row of {@code executions}: One row per executed request.
 *
 * @param requestId the request, as in witness
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution parameters (cycle limit, memory limit, segment limits), 64 hex digits
 * @param codeVersion version of Firesteel that ran it
 * @param runId run that wrote the row, as in runs
 * @param programName name of the program
 * @param kind what the request stands for, as in witness
 * @param chainId as in witness
 * @param blockNumber as in witness
 * @param fixtureName as in witness
 * @param opcode as in witness
 * @param opCount as in witness
 * @param gasUsed as in witness, gas
 * @param transactionCount as in witness
 * @param parameters as in witness
 * @param outcome halted, trapped, cycle_limit or memory_limit
 * @param exitCode full 32-bit exit code; NULL unless halted
 * @param trap name of the trap; NULL unless trapped
 * @param trapPc address of the instruction that trapped; NULL unless trapped
 * @param expectedMatched output and exit code are the expected ones; NULL when nothing was expected
 * @param output public output
 * @param outputBytes size of output, bytes
 * @param outputSha256 SHA-256 of output, 64 hex digits
 * @param inputBytes size of input, bytes
 * @param cycles executed instructions
 * @param segmentCount segments that the execution was cut into
 * @param misalignedAccesses loads and stores whose address is not a multiple of their width
 * @param touchedWords distinct 8-byte memory words read or written
 * @param familyCounts executed instructions per family
 * @param acceleratorCalls calls per accelerator; empty when none was called
 * @param cost what proving it will cost by cost_metric (docs/cost-metric.md)
 * @param costMetric name and version of the cost metric
 * @param executionMs wall time of the emulator, milliseconds
 * @param executorId Spark executor that ran it
 * @param host host that ran it
 * @param executedAt when it ended, UTC
 */
public record Execution(
        String requestId,
        String programHash,
        String inputHash,
        String parametersHash,
        String codeVersion,
        String runId,
        String programName,
        String kind,
        Long chainId,
        Long blockNumber,
        String fixtureName,
        String opcode,
        Long opCount,
        Long gasUsed,
        Long transactionCount,
        Map<String, String> parameters,
        String outcome,
        Integer exitCode,
        String trap,
        Long trapPc,
        Boolean expectedMatched,
        byte[] output,
        long outputBytes,
        String outputSha256,
        long inputBytes,
        long cycles,
        int segmentCount,
        long misalignedAccesses,
        long touchedWords,
        Map<String, Long> familyCounts,
        Map<String, Long> acceleratorCalls,
        long cost,
        String costMetric,
        double executionMs,
        String executorId,
        String host,
        Instant executedAt) {}
