package dev.firesteel.hash;

/** Chooses this JVM's {@link HashKernels}, once. */
public final class Hashes {
    private Hashes() {}

    /** The kernels of this JVM. */
    public static HashKernels get() {
        return ScalarHash.INSTANCE;
    }
}
