package dev.firesteel.schemas;

import java.util.List;
import java.util.Map;

/**
 * Row of {@code segments}: One row per segment: all that is needed to execute it again alone.
 *
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution parameters, as in executions
 * @param codeVersion version of Firesteel that cut it
 * @param segmentIndex position in the execution, from 0
 * @param isLast the execution ends in this segment
 * @param startCycle instructions executed before it
 * @param cycles instructions executed in it
 * @param startPc address of its first instruction
 * @param endPc address of the instruction after its last one
 * @param startRegisters 32 registers before it
 * @param endRegisters 32 registers after it
 * @param touchedWords distinct 8-byte memory words that it reads or writes
 * @param memoryIn those words with their value before it and the segment that touched them last (docs/machine.md, Segments)
 * @param outputStart bytes of public output before it
 * @param output public output that it appends
 * @param familyCounts executed instructions per family
 * @param misalignedAccesses misaligned loads and stores in it
 * @param cost what proving it will cost, by cost_metric of executions; without the table of the run's words, which the first segment has besides
 * @param outcome halted, trapped, cycle_limit or memory_limit; NULL unless is_last
 * @param exitCode full 32-bit exit code; NULL unless it halts
 * @param runId run that wrote the row
 */
public record Segment(
        String programHash,
        String inputHash,
        String parametersHash,
        String codeVersion,
        int segmentIndex,
        boolean isLast,
        long startCycle,
        long cycles,
        long startPc,
        long endPc,
        List<Long> startRegisters,
        List<Long> endRegisters,
        long touchedWords,
        byte[] memoryIn,
        long outputStart,
        byte[] output,
        Map<String, Long> familyCounts,
        long misalignedAccesses,
        long cost,
        String outcome,
        Integer exitCode,
        String runId) {}
