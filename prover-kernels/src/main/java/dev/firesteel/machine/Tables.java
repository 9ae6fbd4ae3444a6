package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.pcs.StackedLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Which tables a commitment holds, the tallest first, equal ones in the machine's order. A commitment needs this order to stack them, and both sides derive it from
 * the heights alone.
 *
 * @param chips numbers of the chips
 * @param shapes of their tables in the commitment
 */
record Tables(List<Integer> chips, List<StackedLayout.Shape> shapes) {
    /** The preprocessed tables that have rows. */
    static Tables preprocessed(Machine machine, int[] logHeights) {
        return of(machine, logHeights, ChipDescription::preprocessedWidth);
    }

    /** The boundary chips' main tables that have rows. */
    static Tables boundary(Machine machine, int[] logHeights) {
        return of(machine, logHeights, chip -> chip.boundary() ? chip.mainWidth() : 0);
    }

    /** The other chips' main tables that have rows. */
    static Tables main(Machine machine, int[] logHeights) {
        return of(machine, logHeights, chip -> chip.boundary() ? 0 : chip.mainWidth());
    }

    private static Tables of(Machine machine, int[] logHeights, ToIntFunction<ChipDescription> width) {
        List<Integer> chips = new ArrayList<>();
        for (int i = 0; i < logHeights.length; i++) {
            if (logHeights[i] >= 0 && width.applyAsInt(machine.chips().get(i)) > 0) {
                chips.add(i);
            }
        }
        chips.sort(Comparator.comparingInt((Integer i) -> -logHeights[i]).thenComparingInt(i -> i));
        List<StackedLayout.Shape> shapes = new ArrayList<>();
        for (int i : chips) {
            shapes.add(new StackedLayout.Shape(width.applyAsInt(machine.chips().get(i)), logHeights[i]));
        }
        return new Tables(List.copyOf(chips), List.copyOf(shapes));
    }

    /** The traces of these tables, of one per chip. */
    List<Trace> inOrder(List<Trace> perChip) {
        List<Trace> traces = new ArrayList<>();
        chips.forEach(i -> traces.add(perChip.get(i)));
        return traces;
    }
}
