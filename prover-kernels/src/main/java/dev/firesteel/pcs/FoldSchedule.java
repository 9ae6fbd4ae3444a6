package dev.firesteel.pcs;

import java.util.ArrayList;
import java.util.List;

/**
 * How an opening goes down from the highest commitment to the final polynomial. At each level the commitments of that height join; at each but the
 * last the joined word is committed, a leaf holding the 2^variables elements that are folded into one.
 *
 * <p>A level never lies below the height of a commitment that has not joined, so that each joins a word that is committed anew, by one row a query.
 *
 * @param levels highest first; the last has the final polynomial's height and binds nothing
 */
record FoldSchedule(List<Level> levels) {

    /**
     * One level.
     *
     * @param logHeight variables of the polynomial
     * @param variables how many are bound before the next level
     * @param joining which commitments have this height
     */
    record Level(int logHeight, int variables, List<Integer> joining) {}

    /**
     * The schedule.
     *
     * @throws IllegalArgumentException when a commitment that is not empty is lower than the final polynomial, or higher than the code allows
     */
    static FoldSchedule of(PcsParameters parameters, List<StackedLayout> layouts) {
        int height = maxLogHeight(layouts);
        for (StackedLayout layout : layouts) {
            if (!layout.empty()
                    && (layout.logHeight() < parameters.logFinal()
                            || layout.logHeight() > parameters.maxLogStackedHeight())) {
                throw new IllegalArgumentException("a stacked height of 2^" + layout.logHeight());
            }
        }
        List<Level> levels = new ArrayList<>();
        while (true) {
            int at = height;
            List<Integer> joining = new ArrayList<>();
            int next = parameters.logFinal();
            for (int i = 0; i < layouts.size(); i++) {
                StackedLayout layout = layouts.get(i);
                if (!layout.empty() && layout.logHeight() == at) {
                    joining.add(i);
                } else if (!layout.empty() && layout.logHeight() < at) {
                    next = Math.max(next, layout.logHeight());
                }
            }
            int variables = Math.min(parameters.logFolding(), at - next);
            levels.add(new Level(at, variables, List.copyOf(joining)));
            if (at == parameters.logFinal()) {
                return new FoldSchedule(List.copyOf(levels));
            }
            height -= variables;
        }
    }

    /** The variables of the highest commitment that is not empty; −1 when all are. */
    static int maxLogHeight(List<StackedLayout> layouts) {
        return layouts.stream()
                .filter(l -> !l.empty())
                .mapToInt(StackedLayout::logHeight)
                .max()
                .orElse(-1);
    }

    /** The levels whose words are committed: all but the last. */
    List<Level> committed() {
        return levels.subList(0, levels.size() - 1);
    }
}
