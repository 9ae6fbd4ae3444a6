package dev.firesteel.request;

/** Segments' claims with one thing changed. */
final class Claims {
    private Claims() {}

    static SegmentClaim exitCode(SegmentClaim c, int exitCode) {
        return new SegmentClaim(
                c.index(),
                c.startPc(),
                c.endPc(),
                c.endClock(),
                c.sharedWords(),
                c.outputStart(),
                c.output(),
                c.halted(),
                exitCode);
    }

    static SegmentClaim index(SegmentClaim c, int index) {
        return new SegmentClaim(
                index,
                c.startPc(),
                c.endPc(),
                c.endClock(),
                c.sharedWords(),
                c.outputStart(),
                c.output(),
                c.halted(),
                c.exitCode());
    }

    /** Ends at {@code endPc} and {@code endClock} without HALT, or with it. */
    static SegmentClaim end(SegmentClaim c, long endPc, int endClock, boolean halted) {
        return new SegmentClaim(
                c.index(),
                c.startPc(),
                endPc,
                endClock,
                c.sharedWords(),
                c.outputStart(),
                c.output(),
                halted,
                c.exitCode());
    }

    static SegmentClaim start(SegmentClaim c, long startPc) {
        return new SegmentClaim(
                c.index(),
                startPc,
                c.endPc(),
                c.endClock(),
                c.sharedWords(),
                c.outputStart(),
                c.output(),
                c.halted(),
                c.exitCode());
    }

    static SegmentClaim sharedWords(SegmentClaim c, int sharedWords) {
        return new SegmentClaim(
                c.index(),
                c.startPc(),
                c.endPc(),
                c.endClock(),
                sharedWords,
                c.outputStart(),
                c.output(),
                c.halted(),
                c.exitCode());
    }

    static SegmentClaim output(SegmentClaim c, int start, byte[] output) {
        return new SegmentClaim(
                c.index(),
                c.startPc(),
                c.endPc(),
                c.endClock(),
                c.sharedWords(),
                start,
                output,
                c.halted(),
                c.exitCode());
    }
}
