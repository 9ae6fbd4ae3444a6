package dev.firesteel.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptTest {

    private static List<Integer> after(Consumer<Transcript> messages) {
        Transcript transcript = new Transcript("test");
        messages.accept(transcript);
        return Arrays.stream(transcript.sampleElements("end", 9)).boxed().toList();
    }

    /** The format, once more and differently: one list of blocks, each permuted when it is closed. */
    private static final class Model {
        private final int[] state = new int[24];
        private final List<Integer> block = new ArrayList<>();

        Model() {
            state[23] = KoalaBear.fromCanonical(4);
        }

        Model put(int... elements) {
            for (int element : elements) {
                block.add(element);
                if (block.size() == 15) {
                    close();
                }
            }
            return this;
        }

        Model message(int kind, int count, String label) {
            return put(KoalaBear.fromCanonical(kind + 16 * count)).put(Sponge.label(label, 3));
        }

        Model close() {
            for (int i = 0; i < block.size(); i++) {
                state[i] = block.get(i);
            }
            if (!block.isEmpty()) {
                Poseidon2.WIDTH_24.permute(state, 0);
            }
            block.clear();
            return this;
        }
    }

    @Test
    void theFormatIsTheDescribedOne() {
        Transcript transcript = new Transcript("protocol");
        Model model = new Model().message(1, 0, "protocol");
        transcript.absorb("a", 1, 2, 3);
        model.message(2, 3, "a").put(1, 2, 3);
        transcript.absorb("empty");
        model.message(2, 0, "empty");
        Ext x = Ext.of(new int[] {5, 6, 7, 8, 9}, 0);
        transcript.absorb("x", List.of(x, x));
        model.message(3, 2, "x").put(5, 6, 7, 8, 9, 5, 6, 7, 8, 9);
        transcript.absorbBytes("bytes", new byte[] {1, -1, 3, 4});
        model.message(4, 4, "bytes").put(KoalaBear.fromCanonical(0x03FF01), KoalaBear.fromCanonical(4));
        transcript.absorbNumbers("height", 20);
        model.message(2, 1, "height").put(KoalaBear.fromCanonical(20));

        model.message(5, 17, "s").close();
        int[] expected = Arrays.copyOf(model.state, 17);
        Poseidon2.WIDTH_24.permute(model.state, 0);
        System.arraycopy(model.state, 0, expected, 15, 2);
        assertArrayEquals(expected, transcript.sampleElements("s", 17));

        model.message(6, 1, "e").close();
        assertEquals(Ext.of(model.state, 0), transcript.sample("e"));

        model.message(7, 4, "i").put(KoalaBear.fromCanonical(11)).close();
        int[] indices = Arrays.stream(model.state, 0, 4)
                .map(e -> KoalaBear.toCanonical(e) & 2047)
                .toArray();
        assertArrayEquals(indices, transcript.sampleIndices("i", 4, 11));

        int nonce = transcript.grind("work", 6, new Parallel(1));
        model.message(8, 6, "work").close().put(nonce).close();
        assertEquals(63, KoalaBear.toCanonical(model.state[0]) & 63);
        model.message(5, 1, "last").close();
        assertArrayEquals(new int[] {model.state[0]}, transcript.sampleElements("last", 1));
    }

    /** The vectors of docs/protocol-transcript.md, which a program written from that page gives as well. */
    @Test
    void theVectorsOfTheDescription() {
        assertArrayEquals(new int[] {1026578693, 927499026, 2023405860}, canonical(Sponge.label("firesteel", 3)));
        Transcript transcript = new Transcript("firesteel");
        transcript.absorbNumbers("heights", 20, 3);
        transcript.absorbBytes("statement", new byte[] {1, 2, 3, 4});
        int[] challenge = transcript.sample("challenge").toArray();
        assertArrayEquals(new int[] {937359183, 1793399868, 384662166, 1811809205, 2128895425}, canonical(challenge));
        assertArrayEquals(new int[] {51, 835, 581, 320}, transcript.sampleIndices("queries", 4, 10));
        int nonce = transcript.grind("work", 10, new Parallel(1));
        assertArrayEquals(new int[] {677}, canonical(nonce));
        assertArrayEquals(new int[] {440906611}, canonical(transcript.sampleElements("last", 1)));
    }

    private static int[] canonical(int... elements) {
        return Arrays.stream(elements).map(KoalaBear::toCanonical).toArray();
    }

    @Test
    void aMessageThatFillsABlockIsPermutedOnce() {
        Transcript transcript = new Transcript("protocol");
        transcript.absorb("a", 1, 2, 3); // 4 + 7 elements so far; the sample's header makes 15
        Model model = new Model().message(1, 0, "protocol").message(2, 3, "a").put(1, 2, 3);
        model.message(5, 2, "s");
        assertTrue(model.block.isEmpty());
        assertArrayEquals(Arrays.copyOf(model.state, 2), transcript.sampleElements("s", 2));
    }

    @Test
    void differentMessagesGiveDifferentStates() {
        Map<List<Integer>, String> seen = new HashMap<>();
        Map<String, Consumer<Transcript>> cases = new HashMap<>();
        cases.put("nothing", t -> {});
        cases.put("empty", t -> t.absorb("a"));
        cases.put("empty twice", t -> {
            t.absorb("a");
            t.absorb("a");
        });
        cases.put("empty bytes", t -> t.absorbBytes("a", new byte[0]));
        cases.put("empty extensions", t -> t.absorb("a", List.of()));
        for (int zeros = 1; zeros <= 40; zeros++) {
            int n = zeros;
            cases.put(n + " zeros", t -> t.absorb("a", new int[n]));
            cases.put(n + " zero bytes", t -> t.absorbBytes("a", new byte[n]));
        }
        cases.put("extension zero", t -> t.absorb("a", List.of(Ext.ZERO)));
        cases.put("other label", t -> t.absorb("b", 0));
        cases.put("1, 0", t -> t.absorb("a", 1, 0));
        cases.put("1 and 0", t -> {
            t.absorb("a", 1);
            t.absorb("a", 0);
        });
        cases.put("0 and 1", t -> {
            t.absorb("a", 0);
            t.absorb("a", 1);
        });
        cases.put("two labels", t -> {
            t.absorb("a", 0);
            t.absorb("b", 0);
        });
        cases.put("two labels, other order", t -> {
            t.absorb("b", 0);
            t.absorb("a", 0);
        });
        for (int count = 1; count <= 31; count++) {
            int n = count;
            cases.put("sample " + n, t -> t.sampleElements("a", n));
            cases.put("sample extensions " + n, t -> t.sample("a", n));
            cases.put("sample indices " + n, t -> t.sampleIndices("a", n, 5));
        }
        cases.put("sample indices of other size", t -> t.sampleIndices("a", 1, 6));
        cases.put("two samples", t -> {
            t.sample("a");
            t.sample("a");
        });
        for (int nonce = 0; nonce < 5; nonce++) {
            int n = nonce;
            cases.put("work " + n, t -> t.checkGrind("a", 3, n));
            cases.put("other work " + n, t -> t.checkGrind("a", 4, n));
        }
        cases.forEach((name, messages) -> {
            String before = seen.put(after(messages), name);
            assertEquals(null, before, name);
        });
    }

    /** The pitfall of sponges that overwrite: absorbing what is in the state already. */
    @Test
    void absorbingWhatTheStateHoldsIsNotAbsorbingNothing() {
        int[] known = new Transcript("test").sampleElements("s", 15);
        List<Integer> one = after(t -> {
            t.sampleElements("s", 15);
            t.absorb("a", known[4]);
        });
        List<Integer> two = after(t -> {
            t.sampleElements("s", 15);
            t.absorb("a", known[4], known[5]);
        });
        List<Integer> none = after(t -> {
            t.sampleElements("s", 15);
            t.absorb("a");
        });
        assertFalse(one.equals(two) || one.equals(none) || two.equals(none));
    }

    @Test
    void protocolsDoNotShareChallenges() {
        assertFalse(new Transcript("a").sample("x").equals(new Transcript("b").sample("x")));
        assertEquals(new Transcript("a").sample("x"), new Transcript("a").sample("x"));
    }

    @Test
    void whatIsNoElementIsAnError() {
        for (int wrong : new int[] {-1, KoalaBear.P, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> new Transcript("t").absorb("a", wrong));
            assertThrows(IllegalArgumentException.class, () -> new Transcript("t").absorbNumbers("a", wrong));
            assertThrows(IllegalArgumentException.class, () -> new Transcript("t").checkGrind("a", 1, wrong));
        }
        assertThrows(IllegalArgumentException.class, () -> new Transcript("t").sampleIndices("a", 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new Transcript("t").sampleElements("a", -1));
        assertThrows(IllegalArgumentException.class, () -> new Transcript("t").sampleElements("a", 1 << 26));
        for (int bits : new int[] {-1, 25, 31, 32, 33, 64}) {
            assertThrows(IllegalArgumentException.class, () -> new Transcript("t").sampleIndices("a", 1, bits));
            assertThrows(IllegalArgumentException.class, () -> new Transcript("t").checkGrind("a", bits, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Transcript("t").checkGrind("a", 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 15})
    void grindingFindsTheLeastNonceWhateverTheThreads(int bits) {
        int nonce;
        try (Parallel one = new Parallel(1);
                Parallel three = new Parallel(3)) {
            nonce = new Transcript("t").grind("w", bits, one);
            assertEquals(nonce, new Transcript("t").grind("w", bits, three));
        }
        int least = KoalaBear.toCanonical(nonce);
        for (int n = Math.max(0, least - 300); n < least; n++) {
            assertFalse(new Transcript("t").checkGrind("w", bits, KoalaBear.fromCanonical(n)));
        }
        assertTrue(new Transcript("t").checkGrind("w", bits, nonce));
    }

    /** The share of nonces that pass is 2^−bits: of 4096, within six standard deviations. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6})
    void workIsWhatItsBitsSay(int bits) {
        int passed = 0;
        for (int nonce = 0; nonce < 4096; nonce++) {
            passed += new Transcript("t").checkGrind("w", bits, nonce) ? 1 : 0;
        }
        double expected = 4096.0 / (1 << bits);
        assertEquals(expected, passed, 6 * Math.sqrt(expected));
    }

    @Test
    void exactlyTheRightNumberOfElementsAreWork() {
        // All numbers with 24 low ones: 127 of them, the last is below p.
        for (int high = 0; high < 127; high++) {
            int number = high << 24 | 0xFFFFFF;
            assertTrue(number < KoalaBear.P);
            assertTrue(Grinding.isWork(KoalaBear.fromCanonical(number), 24));
        }
        assertFalse(Grinding.isWork(KoalaBear.fromCanonical(KoalaBear.P - 1), 1));
    }

    @Test
    void indicesAreEvenlySpread() {
        int[] count = new int[16];
        for (int index : new Transcript("t").sampleIndices("i", 1 << 14, 4)) {
            count[index]++;
        }
        for (int c : count) {
            assertEquals(1024, c, 6 * 32);
        }
        assertArrayEquals(new int[3], new Transcript("t").sampleIndices("i", 3, 0));
    }

    @Test
    void theListenerSeesEveryMessage() {
        List<String> seen = new ArrayList<>();
        Transcript transcript = new Transcript("p", (kind, label, count) -> seen.add(kind + " " + label + " " + count));
        transcript.absorb("a", 1, 2);
        transcript.sample("b", 3);
        transcript.checkGrind("c", 7, 0);
        assertEquals(List.of("PROTOCOL p 0", "ELEMENTS a 2", "SAMPLE_EXTENSIONS b 3", "GRIND c 7"), seen);
    }
}
