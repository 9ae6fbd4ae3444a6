package dev.firesteel.riscv;

import java.util.Map;

/**
 * What executing a segment alone led to. All but {@link #valuesOut} was compared with the segment and is equal to what it says.
 *
 * @param endRegisters x0…x31
 * @param endPc address of the next instruction
 * @param valuesOut values after the segment, for each of its addresses
 * @param output the bytes it appended to the public output
 * @param families instructions per family
 * @param misalignedAccesses loads and stores whose address is no multiple of their size
 * @param outcome how the run ended in it, null when it goes on
 * @param exitCode the exit code when {@code outcome} is HALTED, else 0
 */
public record SegmentEnd(
        long[] endRegisters,
        long endPc,
        long[] valuesOut,
        byte[] output,
        Map<InstructionFamily, Long> families,
        long misalignedAccesses,
        Outcome outcome,
        int exitCode) {}
