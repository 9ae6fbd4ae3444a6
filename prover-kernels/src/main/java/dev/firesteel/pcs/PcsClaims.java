package dev.firesteel.pcs;

import java.util.List;

/**
 * What an opening is to prove: the value of every column of every commitment at one point. The caller has put both into the transcript: the point
 * was sampled from it and the values were written to or read from it.
 *
 * @param point coordinate k belongs to bit k of a row; a column of 2^n rows is evaluated at the first n coordinates
 * @param values per commitment, per table of its layout, per column; an empty list for a table that is empty there
 */
public record PcsClaims<E>(List<E> point, List<List<List<E>>> values) {

    /**
     * Checks that there is one value for each column.
     *
     * @throws IllegalArgumentException when there is not: the caller has read something other than the layouts say
     */
    void checkShapes(List<StackedLayout> layouts) {
        boolean right = values.size() == layouts.size();
        for (int i = 0; right && i < layouts.size(); i++) {
            StackedLayout layout = layouts.get(i);
            right = values.get(i).size() == layout.shapes().size()
                    && (layout.empty() || layout.maxLogTableHeight() <= point.size());
            for (int t = 0; right && t < layout.shapes().size(); t++) {
                StackedLayout.Shape shape = layout.shapes().get(t);
                right = values.get(i).get(t).size() == (shape.empty() ? 0 : shape.width());
            }
        }
        if (!right) {
            throw new IllegalArgumentException("claims that do not have the layouts' shapes");
        }
    }
}
