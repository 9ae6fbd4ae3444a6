package dev.firesteel.field;

import java.lang.reflect.Constructor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Chooses this JVM's {@link FieldKernels}, once.
 *
 * <p>The system property {@value #PROPERTY} may say {@code scalar} or {@code vector}; without it the vector kernels are taken where the module
 * jdk.incubator.vector is present and they pass {@link KernelSelfTest}. Vector kernels that fail it are refused, also when they were asked for.
 */
public final class Kernels {

    /** The system property that forces a choice. */
    public static final String PROPERTY = "firesteel.kernels";

    private static final Logger LOG = LogManager.getLogger(Kernels.class);

    private Kernels() {}

    private static final class Holder {
        static final FieldKernels CHOSEN = choose(System.getProperty(PROPERTY, ""));
    }

    /** The kernels of this JVM. The first call takes the time of the self-test, a few seconds where the vector kernels are taken. */
    public static FieldKernels get() {
        return Holder.CHOSEN;
    }

    /**
     * What {@link #get} does with a value of the property; for tests and benchmarks that compare implementations, all others call {@link #get}.
     *
     * @throws IllegalArgumentException when the value is none of "", scalar and vector
     * @throws IllegalStateException when it is "vector" and the vector kernels are absent or wrong
     */
    public static FieldKernels choose(String property) {
        switch (property) {
            case "scalar":
                LOG.info("field kernels: scalar, by {}", PROPERTY);
                return ScalarKernels.INSTANCE;
            case "", "vector":
                break;
            default:
                throw new IllegalArgumentException(PROPERTY + " is " + property + ", not scalar or vector");
        }
        boolean required = property.equals("vector");
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return refuse(required, "the module jdk.incubator.vector is absent (--add-modules jdk.incubator.vector)");
        }
        long start = System.nanoTime();
        FieldKernels vector;
        String difference;
        try {
            vector = vectorKernels();
            difference = new KernelSelfTest(vector).run();
        } catch (ReflectiveOperationException | LinkageError e) {
            return refuse(required, "the vector kernels cannot be loaded: " + e);
        }
        if (difference != null) {
            return refuse(required, "the vector kernels failed the self-test: " + difference);
        }
        LOG.info("field kernels: {}, self-test {} ms", vector.name(), (System.nanoTime() - start) / 1_000_000);
        return vector;
    }

    /** The vector kernels, untested; for {@link #choose} and the tests. */
    static FieldKernels vectorKernels() throws ReflectiveOperationException {
        Constructor<?> constructor =
                Class.forName("dev.firesteel.field.VectorKernels").getDeclaredConstructor();
        return (FieldKernels) constructor.newInstance();
    }

    private static FieldKernels refuse(boolean required, String reason) {
        if (required) {
            throw new IllegalStateException(reason);
        }
        LOG.warn("field kernels: scalar, because {}", reason);
        return ScalarKernels.INSTANCE;
    }
}
