package dev.firesteel.field;

import java.util.SplittableRandom;

/** Test data: elements of which many are at the edges of the representation. */
public final class FieldData {

    private static final int[] EDGES = {
        0,
        1,
        2,
        KoalaBear.P - 1,
        KoalaBear.P - 2,
        (KoalaBear.P - 1) / 2,
        (KoalaBear.P + 1) / 2,
        KoalaBear.ONE,
        KoalaBear.NEG_ONE
    };

    private final SplittableRandom random;

    public FieldData(long seed) {
        random = new SplittableRandom(seed);
    }

    public int element() {
        return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(KoalaBear.P);
    }

    public int[] elements(int n) {
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = element();
        }
        return a;
    }

    public int[][] coordinates(int n) {
        int[][] a = new int[Ext5.DEGREE][];
        for (int k = 0; k < Ext5.DEGREE; k++) {
            a[k] = elements(n);
        }
        return a;
    }

    public ExtVector vector(int n) {
        ExtVector v = new ExtVector(n);
        for (int i = 0; i < n; i++) {
            v.set(i, elements(Ext5.DEGREE), 0);
        }
        return v;
    }

    /** n elements that are all the largest. */
    public static int[] largest(int n) {
        int[] a = new int[n];
        java.util.Arrays.fill(a, KoalaBear.P - 1);
        return a;
    }
}
