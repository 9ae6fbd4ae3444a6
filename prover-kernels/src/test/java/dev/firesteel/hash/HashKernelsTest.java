package dev.firesteel.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.FieldData;
import dev.firesteel.field.KoalaBear;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both implementations against the scalar hashes of one value, on all small counts; and the choice between them. */
class HashKernelsTest {

    static HashKernels[] implementations() throws ReflectiveOperationException {
        return new HashKernels[] {ScalarHash.INSTANCE, Hashes.vectorKernels()};
    }

    private static int[][] columns(FieldData data, int columns, int length) {
        return IntStream.range(0, columns).mapToObj(k -> data.elements(length)).toArray(int[][]::new);
    }

    private static int[][] copy(int[][] a) {
        return Arrays.stream(a).map(int[]::clone).toArray(int[][]::new);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void permutesAnyNumberOfStates(HashKernels kernels) {
        for (int n = 0; n <= 40; n++) {
            int[][] elements = columns(new FieldData(n), 24, n + 5);
            int[][] expected = copy(elements);
            int[] state = new int[24];
            for (int i = 3; i < 3 + n; i++) {
                for (int k = 0; k < 24; k++) {
                    state[k] = elements[k][i];
                }
                Poseidon2.WIDTH_24.permute(state, 0);
                for (int k = 0; k < 24; k++) {
                    expected[k][i] = state[k];
                }
            }
            kernels.permute(elements, 3, n);
            assertArrayEquals(expected, elements, "n = " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void permutesStatesAtTheEdgesOfTheRange(HashKernels kernels) {
        int[][] elements = new int[24][];
        int[] values = {0, 1, dev.firesteel.field.KoalaBear.P - 1, dev.firesteel.field.KoalaBear.P / 2};
        for (int k = 0; k < 24; k++) {
            elements[k] = values.clone();
        }
        int[][] expected = copy(elements);
        ScalarHash.INSTANCE.permute(expected, 0, 4);
        kernels.permute(elements, 0, 4);
        assertArrayEquals(expected, elements);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void hashesRowsOfAnyNumberAndWidth(HashKernels kernels) {
        for (int width : new int[] {1, 2, 14, 15, 16, 29, 30, 31, 40, 61}) {
            for (int rows : new int[] {0, 1, 2, 7, 8, 15, 16, 17, 33}) {
                int[] matrix = new FieldData(width).elements(3 + rows * width + 1);
                int[][] expected = columns(new FieldData(9), 9, rows + 5);
                int[][] actual = copy(expected);
                int[] digest = new int[9];
                for (int r = 0; r < rows; r++) {
                    Sponge.row(matrix, 3 + r * width, width, digest, 0);
                    for (int c = 0; c < 9; c++) {
                        expected[c][2 + r] = digest[c];
                    }
                }
                kernels.rows(matrix, 3, width, rows, actual, 2);
                assertArrayEquals(expected, actual, rows + " rows of " + width);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> kernels.rows(new int[8], 0, 0, 8, new int[9][8], 0));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void makesAnyNumberOfNodes(HashKernels kernels) {
        for (int n = 0; n <= 40; n++) {
            int[][] expected = columns(new FieldData(n), 9, 3 * n + 4);
            int[][] actual = copy(expected);
            int[] pair = new int[18];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < 9; c++) {
                    pair[c] = expected[c][2 + i];
                    pair[9 + c] = expected[c][2 + n + i];
                }
                Sponge.node(pair, 0, pair, 9, pair, 0);
                for (int c = 0; c < 9; c++) {
                    expected[c][2 + 2 * n + i] = pair[c];
                }
            }
            kernels.nodes(actual, 2, 2 + n, 2 + 2 * n, n);
            assertArrayEquals(expected, actual, "n = " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void findsTheLeastNonceOfAnyRange(HashKernels kernels) {
        int[] state = new FieldData(3).elements(24);
        int[] before = state.clone();
        for (int first : new int[] {0, 1, 1000, (1 << 30) - 7}) {
            for (int n = 0; n <= 40; n++) {
                for (int ones : new int[] {0, 1, 7, 31}) {
                    int expected = -1;
                    for (int nonce = first + n - 1; nonce >= first; nonce--) {
                        int[] tried = state.clone();
                        tried[0] = KoalaBear.fromCanonical(nonce);
                        Poseidon2.WIDTH_24.permute(tried, 0);
                        expected = (KoalaBear.toCanonical(tried[0]) & ones) == ones ? nonce : expected;
                    }
                    assertEquals(expected, kernels.work(state, first, n, ones), first + " " + n + " " + ones);
                }
            }
        }
        assertArrayEquals(before, state);
    }

    @Test
    void theChoiceIsMadeOnce() {
        assertSame(Hashes.get(), Hashes.get());
        assertSame(ScalarHash.INSTANCE, Hashes.choose("scalar"));
        assertThrows(IllegalArgumentException.class, () -> Hashes.choose("fast"));
    }

    /** However slow they are here, kernels that are right are taken when they are asked for. */
    @Test
    void vectorKernelsCanBeForced() {
        String name = Hashes.choose("vector").name();
        assertTrue(name.startsWith("vector of "), name);
    }

    /** Scalar kernels of which one gives a wrong bit, but not in its first calls: like code that a compiler got wrong. */
    private static HashKernels wrongAfter(String method, int calls) {
        AtomicInteger count = new AtomicInteger();
        return (HashKernels) Proxy.newProxyInstance(
                HashKernelsTest.class.getClassLoader(),
                new Class<?>[] {HashKernels.class},
                (proxy, called, arguments) -> {
                    Object result = called.invoke(ScalarHash.INSTANCE, arguments);
                    if (called.getName().equals(method) && count.incrementAndGet() > calls) {
                        int[][] written = (int[][]) Arrays.stream(arguments)
                                .filter(int[][].class::isInstance)
                                .findFirst()
                                .orElseThrow();
                        written[8][20] ^= 1;
                    }
                    return result;
                });
    }

    @ParameterizedTest
    @CsvSource({"permute,0", "permute,100", "rows,0", "rows,50", "nodes,3"})
    void kernelsThatAreOrTurnWrongAreRefused(String method, int calls) {
        long patience = TimeUnit.MINUTES.toNanos(10);
        assertSame(ScalarHash.INSTANCE, Hashes.decide(wrongAfter(method, calls), false, patience));
        IllegalStateException e = assertThrows(
                IllegalStateException.class, () -> Hashes.decide(wrongAfter(method, calls), true, patience));
        assertTrue(e.getMessage().contains(method + " at offset"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void kernelsThatAreOnlySlowAreTakenWhenAskedFor(boolean required) {
        HashKernels slow = wrongAfter("none of them", 0);
        HashKernels taken = Hashes.decide(slow, required, -1);
        assertEquals(required, taken == slow);
    }
}
