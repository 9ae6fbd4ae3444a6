package dev.firesteel.examples;

import dev.firesteel.air.Expression;
import java.util.ArrayList;
import java.util.List;

/** Expressions that several chips use. */
final class Cells {
    private Cells() {}

    /** Cells and arrays of cells, one after the other: the fields of a message. */
    static Expression[] join(Object... parts) {
        List<Expression> all = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Expression[] array) {
                all.addAll(List.of(array));
            } else {
                all.add((Expression) part);
            }
        }
        return all.toArray(Expression[]::new);
    }

    /** a³. */
    static Expression cube(Expression a) {
        return a.times(a).times(a);
    }
}
