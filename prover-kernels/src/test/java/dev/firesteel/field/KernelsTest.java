package dev.firesteel.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {

    @Test
    void propertyChoosesTheKernels() {
        assertSame(ScalarKernels.INSTANCE, Kernels.choose("scalar"));
        String vector = Kernels.choose("vector").name();
        assertTrue(vector.startsWith("vector of "), vector);
        assertThrows(IllegalArgumentException.class, () -> Kernels.choose("fast"));
    }

    @Test
    void theChoiceIsMadeOnce() {
        assertSame(Kernels.get(), Kernels.get());
    }

    /** Scalar kernels of which one gives a wrong bit, but not in its first calls: like code that a compiler got wrong. */
    private static FieldKernels wrongAfter(String method, int calls) {
        AtomicInteger count = new AtomicInteger();
        return (FieldKernels) Proxy.newProxyInstance(
                KernelsTest.class.getClassLoader(), new Class<?>[] {FieldKernels.class}, (proxy, called, arguments) -> {
                    Object result = called.invoke(ScalarKernels.INSTANCE, arguments);
                    if (!called.getName().equals(method) || count.incrementAndGet() <= calls) {
                        return result;
                    }
                    if (result instanceof Integer i) {
                        return i ^ 1;
                    }
                    int[] written = null;
                    for (Object argument : arguments) { // the output is the last array but for twiddles
                        boolean twiddles =
                                method.toLowerCase(java.util.Locale.ROOT).contains("butterflies");
                        if (argument instanceof int[] a && !(twiddles && written != null)) {
                            written = a;
                        } else if (argument instanceof int[][] x) {
                            written = x[4];
                        }
                    }
                    written[1] ^= 1;
                    return result;
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "sub",
                "mul",
                "scale",
                "axpy",
                "fold",
                "sum",
                "dot",
                "dotBaseExt",
                "extMul",
                "extScale",
                "extFold",
                "butterflies",
                "butterflies4",
                "inverseButterflies",
                "batchInverse"
            })
    void selfTestFindsAKernelThatTurnsWrong(String method) {
        String difference = new KernelSelfTest(wrongAfter(method, 300)).run();
        assertNotNull(difference);
        assertEquals(
                method + " at offset", difference.substring(0, Math.min(difference.length(), method.length() + 10)));
    }
}
