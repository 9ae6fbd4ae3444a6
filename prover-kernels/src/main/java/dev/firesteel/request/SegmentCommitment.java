package dev.firesteel.request;

import dev.firesteel.chips.Buses;
import dev.firesteel.hash.Sponge;
import dev.firesteel.riscv.AddressSpace;
import java.util.List;

/**
 * A segment whose boundary is committed: all that the challenge of its run has to know of it.
 *
 * @param claim what its proof will say
 * @param boundaryRoot {@link dev.firesteel.machine.Boundary#root}
 */
public record SegmentCommitment(SegmentClaim claim, List<Integer> boundaryRoot) {
    private static final String MAGIC = "FSSC";
    private static final int VERSION = 1;

    public SegmentCommitment {
        boundaryRoot = List.copyOf(boundaryRoot);
    }

    /** The commitment as bytes; the same segment of the same program gives the same ones. */
    public byte[] bytes() {
        return new PieceWriter(MAGIC, VERSION)
                .number(claim.index())
                .number(claim.startPc())
                .number(claim.endPc())
                .number(claim.endClock())
                .number(claim.sharedWords())
                .number(claim.outputStart())
                .number(claim.halted() ? 1 : 0)
                .number(claim.exitCode())
                .elements(boundaryRoot)
                .counted(claim.output())
                .bytes();
    }

    /**
     * The commitment of {@code bytes}.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static SegmentCommitment read(byte[] bytes) {
        PieceReader in = new PieceReader("commitment of a segment", MAGIC, VERSION, bytes);
        int index = in.number();
        long startPc = in.longNumber();
        long endPc = in.longNumber();
        int endClock = in.number();
        int sharedWords = in.number();
        int outputStart = in.number();
        int halted = in.number();
        int exitCode = in.number();
        in.require(index >= 0 && index < CoreProof.MAX_SEGMENTS, "index " + index);
        for (long pc : new long[] {startPc, endPc}) {
            in.require(pc >= 0 && pc < AddressSpace.END && (pc & 3) == 0, "an instruction at " + pc);
        }
        in.require(endClock > Buses.FIRST_CLOCK && endClock <= Buses.MAX_CLOCK, "clock " + endClock);
        in.require(sharedWords > 0, sharedWords + " words");
        in.require(outputStart >= 0, "output from " + outputStart);
        in.require((halted & ~1) == 0 && (halted == 1 || exitCode == 0), "an exit code before the end");
        List<Integer> root = in.elements(Sponge.DIGEST);
        byte[] output = in.counted();
        in.end();
        return new SegmentCommitment(
                new SegmentClaim(
                        index, startPc, endPc, endClock, sharedWords, outputStart, output, halted == 1, exitCode),
                root);
    }
}
