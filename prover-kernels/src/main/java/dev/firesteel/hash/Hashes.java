package dev.firesteel.hash;

import dev.firesteel.field.Kernels;
import java.lang.reflect.Constructor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Chooses this JVM's {@link HashKernels}, once.
 *
 * <p>The system property {@value Kernels#PROPERTY}, which is the field's as well, may say {@code scalar} or {@code vector}; without it the vector kernels are
 * taken where the module jdk.incubator.vector is present, they pass {@link HashSelfTest} and get faster than the scalar ones. Kernels that give other
 * bits are refused, also when they were asked for; kernels that are only slow are not, when they were.
 */
public final class Hashes {
    private static final Logger LOG = LogManager.getLogger(Hashes.class);

    /** Compilation takes half a second of a free processor, and took six on one shared by six; without fused multiply-add it is for nothing. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Hashes() {}

    private static final class Holder {
        static final HashKernels CHOSEN = choose(System.getProperty(Kernels.PROPERTY, ""));
    }

    /** The kernels of this JVM. The first call takes the time of the self-test, some seconds where vector kernels are tried. */
    public static HashKernels get() {
        return Holder.CHOSEN;
    }

    /**
     * What {@link #get} does with a value of the property; for tests and benchmarks that compare implementations, all others call {@link #get}.
     *
     * @throws IllegalArgumentException when the value is none of "", scalar and vector
     * @throws IllegalStateException when it is "vector" and the vector kernels are absent or wrong
     */
    public static HashKernels choose(String property) {
        switch (property) {
            case "scalar":
                LOG.info("hash kernels: scalar, by {}", Kernels.PROPERTY);
                return ScalarHash.INSTANCE;
            case "", "vector":
                break;
            default:
                throw new IllegalArgumentException(Kernels.PROPERTY + " is " + property + ", not scalar or vector");
        }
        boolean required = property.equals("vector");
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return refuse(required, "the module jdk.incubator.vector is absent (--add-modules jdk.incubator.vector)");
        }
        try {
            return decide(vectorKernels(), required, PATIENCE);
        } catch (ReflectiveOperationException | LinkageError e) {
            return refuse(required, "the vector kernels cannot be loaded: " + e);
        }
    }

    /** The kernels to take, given those that could be. */
    static HashKernels decide(HashKernels vector, boolean required, long patienceNanos) {
        long start = System.nanoTime();
        HashSelfTest test = new HashSelfTest(vector, patienceNanos);
        HashSelfTest.Outcome outcome = test.run();
        long millis = (System.nanoTime() - start) / 1_000_000;
        switch (outcome) {
            case WRONG:
                return refuse(required, "the vector kernels gave other bits: " + test.difference());
            case SLOW:
                LOG.warn(
                        "hash kernels: {}, though the vector kernels were slower than scalar code for {} ms",
                        required ? vector.name() + " as asked for" : ScalarHash.INSTANCE.name(),
                        millis);
                return required ? vector : ScalarHash.INSTANCE;
            default:
                LOG.info("hash kernels: {}, self-test {} ms", vector.name(), millis);
                return vector;
        }
    }

    /** The vector kernels, untested; for {@link #choose} and the tests. */
    static HashKernels vectorKernels() throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("dev.firesteel.hash.VectorHash").getDeclaredConstructor();
        return (HashKernels) constructor.newInstance();
    }

    private static HashKernels refuse(boolean required, String reason) {
        if (required) {
            throw new IllegalStateException(reason);
        }
        LOG.warn("hash kernels: scalar, because {}", reason);
        return ScalarHash.INSTANCE;
    }
}
