package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Progress;
import java.util.List;
import java.util.Locale;

/** The line that tells how far proving is. What is left is estimated by cycles: the longest segments come first. */
final class ProvingLine implements Progress.Line {
    private final long totalCycles;

    ProvingLine(List<SegmentPiece> pieces) {
        this.totalCycles = pieces.stream().mapToLong(SegmentPiece::cycles).sum();
    }

    @Override
    public String of(int done, int total, long cycles, double seconds) {
        String rest = cycles == 0 || done == total
                ? ""
                : String.format(
                        Locale.ROOT, ", about %.0f s left", seconds / cycles * Math.max(0, totalCycles - cycles));
        return String.format(
                Locale.ROOT,
                "proved %d of %d segments, %.3f of %.3f M cycles, %.0f cycles a second%s",
                done,
                total,
                cycles / 1e6,
                totalCycles / 1e6,
                cycles / seconds,
                rest);
    }
}
