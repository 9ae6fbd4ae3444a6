package dev.firesteel.jobs.report.document;

import dev.firesteel.jobs.report.chart.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report before it is written.
 *
 * @param title its heading
 * @param context what the numbers hold for: date, mode, machine, versions, counts; shown first, in this order
 * @param blocks the parts
 */
public record Report(String title, Map<String, String> context, List<Block> blocks) {
    public Report {
        context = new LinkedHashMap<>(context);
        blocks = List.copyOf(blocks);
    }

    /** Every plot, folded ones included, in reading order. */
    public List<Plot> plots() {
        List<Plot> plots = new ArrayList<>();
        collect(blocks, plots);
        return plots;
    }

    private static void collect(List<Block> blocks, List<Plot> to) {
        for (Block block : blocks) {
            if (block instanceof Block.Figure figure) {
                to.add(figure.plot());
            } else if (block instanceof Block.Fold fold) {
                collect(fold.blocks(), to);
            }
        }
    }
}
