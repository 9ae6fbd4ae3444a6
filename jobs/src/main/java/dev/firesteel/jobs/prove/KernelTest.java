package dev.firesteel.jobs.prove;

import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.hash.HashKernels;
import dev.firesteel.hash.Hashes;

/**
 * What this JVM's kernels are, and how long it took to test them: once, before anything is proved.
 *
 * @param millis of the self-test, which is mostly compilation
 * @param backend cpu-vector or cpu-scalar
 * @param fallback whether scalar kernels were taken though nobody asked for them
 */
record KernelTest(double millis, String backend, boolean fallback) {

    private static final class Holder {
        static final KernelTest OF_JVM = run();
    }

    static KernelTest ofJvm() {
        return Holder.OF_JVM;
    }

    private static KernelTest run() {
        long begin = System.nanoTime();
        FieldKernels field = Kernels.get();
        HashKernels hash = Hashes.get();
        boolean vector = field.name().startsWith("vector");
        boolean both = vector && hash.name().startsWith("vector");
        boolean asked = System.getProperty(Kernels.PROPERTY, "").equals("scalar");
        return new KernelTest((System.nanoTime() - begin) / 1e6, vector ? "cpu-vector" : "cpu-scalar", !both && !asked);
    }
}
