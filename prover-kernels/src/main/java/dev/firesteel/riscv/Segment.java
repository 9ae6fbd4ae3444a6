package dev.firesteel.riscv;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * One segment of a run: all that is needed to execute it again alone ({@code docs/machine.md}, "Segments"). The arrays belong to the
 * record and must not be changed.
 *
 * @param index 0 for the first
 * @param last whether the run ended in it
 * @param startCycle cycles of the run before it
 * @param cycles its cycles, at least 1
 * @param startPc address of its first instruction
 * @param endPc address of the instruction after its last one; after HALT that of the word behind the ECALL; when the run trapped
 *     that of the trapping instruction
 * @param startRegisters x0…x31 before
 * @param endRegisters x0…x31 after
 * @param addresses the 8-byte words that it loads or stores: multiples of 8, strictly increasing
 * @param valuesIn their values before
 * @param lastSegments for each 1 + the index of the segment that touched it last, 0 when none did and the value is the initial one
 * @param outputStart bytes of public output before
 * @param output bytes that it appends to the public output
 * @param families instructions per family, every family present; they sum to {@code cycles}
 * @param misalignedAccesses loads and stores whose address is no multiple of their size
 * @param acceleratorCalls calls per accelerator; those that were called
 * @param outcome how the run ended when {@code last}, else null
 * @param exitCode the exit code when {@code outcome} is HALTED, else 0
 */
public record Segment(
        int index,
        boolean last,
        long startCycle,
        long cycles,
        long startPc,
        long endPc,
        long[] startRegisters,
        long[] endRegisters,
        long[] addresses,
        long[] valuesIn,
        int[] lastSegments,
        long outputStart,
        byte[] output,
        Map<InstructionFamily, Long> families,
        long misalignedAccesses,
        Map<Accelerator, Long> acceleratorCalls,
        Outcome outcome,
        int exitCode) {

    /** Refuses a record that no run can have produced. */
    public Segment {
        check(index >= 0 && startCycle >= 0 && outputStart >= 0 && misalignedAccesses >= 0, "a number is negative");
        check(cycles >= 1, "it is empty");
        check(startRegisters.length == 32 && endRegisters.length == 32, "it needs 32 registers");
        check(last == (outcome != null), "the last segment and only it has an outcome");
        check(exitCode == 0 || outcome == Outcome.HALTED, "it has an exit code but did not halt");
        check(
                addresses.length == valuesIn.length && addresses.length == lastSegments.length,
                "its memory columns differ in length");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(families, "families");
        Objects.requireNonNull(acceleratorCalls, "acceleratorCalls");
        long before = -8;
        for (int i = 0; i < addresses.length; i++) {
            long address = addresses[i];
            check(
                    (address & 7) == 0 && address > before && address < AddressSpace.END,
                    "its addresses are not sorted multiples of 8 below 2^32");
            check(lastSegments[i] >= 0 && lastSegments[i] <= index, "a word was touched by a later segment");
            before = address;
        }
    }

    private static void check(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException("malformed segment: " + complaint);
        }
    }

    /** This segment as the last one of a run that trapped at {@link #endPc()}. */
    Segment endingIn(Outcome end) {
        return new Segment(
                index,
                true,
                startCycle,
                cycles,
                startPc,
                endPc,
                startRegisters,
                endRegisters,
                addresses,
                valuesIn,
                lastSegments,
                outputStart,
                output,
                families,
                misalignedAccesses,
                acceleratorCalls,
                end,
                0);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Segment other
                && index == other.index
                && last == other.last
                && startCycle == other.startCycle
                && cycles == other.cycles
                && startPc == other.startPc
                && endPc == other.endPc
                && Arrays.equals(startRegisters, other.startRegisters)
                && Arrays.equals(endRegisters, other.endRegisters)
                && Arrays.equals(addresses, other.addresses)
                && Arrays.equals(valuesIn, other.valuesIn)
                && Arrays.equals(lastSegments, other.lastSegments)
                && outputStart == other.outputStart
                && Arrays.equals(output, other.output)
                && families.equals(other.families)
                && misalignedAccesses == other.misalignedAccesses
                && acceleratorCalls.equals(other.acceleratorCalls)
                && outcome == other.outcome
                && exitCode == other.exitCode;
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, startCycle, cycles, startPc, Arrays.hashCode(addresses), Arrays.hashCode(valuesIn));
    }

    @Override
    public String toString() {
        return "Segment[" + index + (last ? ", last, " + outcome : "") + ", cycles " + startCycle + "+" + cycles
                + ", pc " + Long.toHexString(startPc) + "->" + Long.toHexString(endPc) + ", words "
                + addresses.length + "]";
    }
}
