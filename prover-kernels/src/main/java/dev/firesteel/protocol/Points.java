package dev.firesteel.protocol;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Small polynomials at a point, in whatever arithmetic. Coordinate k of a point belongs to bit k of an index. */
public final class Points {
    private Points() {}

    /** eq(a, b) = ab + (1 − a)(1 − b) for one variable. */
    public static <E> E eq(Arithmetic<E> f, E a, E b) {
        E product = f.multiply(a, b);
        E one = f.constant(KoalaBear.ONE);
        return f.add(f.subtract(f.subtract(one, a), b), f.add(product, product));
    }

    /** eq over all variables of two points of the same length. */
    public static <E> E eq(Arithmetic<E> f, List<E> a, List<E> b) {
        E result = f.constant(KoalaBear.ONE);
        for (int k = 0; k < a.size(); k++) {
            result = f.multiply(result, eq(f, a.get(k), b.get(k)));
        }
        return result;
    }

    /** eq of a point and the bits of {@code index}, lowest first. */
    public static <E> E eqIndex(Arithmetic<E> f, List<E> point, long index) {
        E one = f.constant(KoalaBear.ONE);
        E result = one;
        for (int k = 0; k < point.size(); k++) {
            E r = point.get(k);
            result = f.multiply(result, (index >>> k & 1) == 1 ? r : f.subtract(one, r));
        }
        return result;
    }

    /** low + at·(high − low): the line through (0, low) and (1, high). */
    public static <E> E line(Arithmetic<E> f, E low, E high, E at) {
        return f.add(low, f.multiply(at, f.subtract(high, low)));
    }

    /** The polynomial of degree below {@code values.size()} with these values at 0, 1, 2, …, at {@code at} (Lagrange). */
    public static <E> E interpolate(Arithmetic<E> f, List<E> values, E at) {
        int n = values.size();
        // Σ v_i · Π_{j≠i} (x − j) / (i − j): prefix and suffix products, no division in the circuit.
        E one = f.constant(KoalaBear.ONE);
        ArrayList<E> suffix = new ArrayList<>(Collections.nCopies(n + 1, one));
        for (int j = n - 1; j >= 0; j--) {
            suffix.set(j, f.multiply(suffix.get(j + 1), f.subtract(at, small(f, j))));
        }
        E prefix = one;
        E sum = f.constant(KoalaBear.ZERO);
        for (int i = 0; i < n; i++) {
            E term = f.multiply(f.multiply(prefix, suffix.get(i + 1)), f.constant(weight(i, n)));
            sum = f.add(sum, f.multiply(term, values.get(i)));
            prefix = f.multiply(prefix, f.subtract(at, small(f, i)));
        }
        return sum;
    }

    private static <E> E small(Arithmetic<E> f, int value) {
        return f.constant(KoalaBear.fromCanonical(value));
    }

    /** 1 / Π_{j≠i} (i − j). */
    private static int weight(int i, int n) {
        long product = 1;
        for (int j = 0; j < n; j++) {
            if (j != i) {
                product = Math.floorMod(product * (i - j), (long) KoalaBear.P);
            }
        }
        return KoalaBear.inverse(KoalaBear.fromCanonical(product));
    }
}
