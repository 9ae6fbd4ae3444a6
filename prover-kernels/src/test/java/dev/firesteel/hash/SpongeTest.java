package dev.firesteel.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.FieldData;
import dev.firesteel.field.KoalaBear;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpongeTest {

    private static int[] row(int... elements) {
        int[] digest = new int[Sponge.DIGEST];
        Sponge.row(elements, 0, elements.length, digest, 0);
        return digest;
    }

    private static void add(Set<List<Integer>> digests, int[] digest) {
        List<Integer> key = Arrays.stream(digest).boxed().toList();
        assertTrue(digests.add(key), "digest twice: " + key);
    }

    /** The vectors of docs/protocol-transcript.md. */
    @Test
    void theVectorsOfTheDescription() {
        int[] counted = IntStream.range(0, 20).map(KoalaBear::fromCanonical).toArray();
        int[] expectedRow = {
            1917726683, 1796507736, 1926381422, 1737301848, 541785568, 1293262311, 489946647, 1272243761, 192657373
        };
        assertArrayEquals(
                expectedRow,
                Arrays.stream(row(counted)).map(KoalaBear::toCanonical).toArray());
        int[] expectedNode = {
            688347202, 2303620, 2007145728, 1912427525, 1012749936, 763449739, 304861812, 1598176953, 248302719
        };
        int[] node = new int[9];
        Sponge.node(counted, 0, counted, 9, node, 0);
        assertArrayEquals(
                expectedNode, Arrays.stream(node).map(KoalaBear::toCanonical).toArray());
    }

    /** By its description: overwrite fifteen, permute, repeat. */
    @ParameterizedTest
    @ValueSource(ints = {1, 14, 15, 16, 30, 31, 40, 64})
    void aRowIsAbsorbedInBlocksOfFifteen(int width) {
        int[] row = new FieldData(width).elements(width);
        int[] state = new int[24];
        state[22] = KoalaBear.fromCanonical(width);
        state[23] = KoalaBear.fromCanonical(1);
        for (int i = 0; i < width; i++) {
            state[i % 15] = row[i];
            if (i % 15 == 14 || i == width - 1) {
                Poseidon2.WIDTH_24.permute(state, 0);
            }
        }
        assertArrayEquals(Arrays.copyOf(state, 9), row(row));
    }

    @Test
    void aNodeIsOnePermutationOfItsOwnDomain() {
        int[] children = new FieldData(1).elements(18);
        int[] state = Arrays.copyOf(children, 24);
        state[23] = KoalaBear.fromCanonical(2);
        Poseidon2.WIDTH_24.permute(state, 0);
        int[] digest = new int[9];
        Sponge.node(children, 0, children, 9, digest, 0);
        assertArrayEquals(Arrays.copyOf(state, 9), digest);
    }

    @Test
    void zerosAtTheEndAndRepeatedStatesAreOtherRows() {
        Set<List<Integer>> digests = new HashSet<>();
        int[] row = new FieldData(2).elements(16);
        add(digests, row(row));
        for (int longer = 17; longer <= 45; longer++) {
            add(digests, row(Arrays.copyOf(row, longer)));
        }
        // What a shorter row leaves in the state, given as part of a longer one, is not the same row.
        int[] state = new int[24];
        state[22] = KoalaBear.fromCanonical(16);
        state[23] = KoalaBear.fromCanonical(1);
        System.arraycopy(row, 0, state, 0, 15);
        Poseidon2.WIDTH_24.permute(state, 0);
        int[] filled = Arrays.copyOf(row, 17);
        filled[16] = state[1];
        add(digests, row(filled));
    }

    @Test
    void rowsNodesAndLabelsDoNotMeet() {
        Set<List<Integer>> digests = new HashSet<>();
        int[] children = new int[18];
        int[] node = new int[9];
        Sponge.node(children, 0, children, 9, node, 0);
        add(digests, node);
        for (int width = 1; width <= 24; width++) {
            add(digests, row(new int[width]));
        }
        add(digests, Sponge.label("a", 9));
        add(digests, row(KoalaBear.fromCanonical('a')));
        add(digests, Sponge.label("b", 9));
        add(digests, Sponge.label("a\0", 9));
    }

    @Test
    void leftAndRightAreNotTheSame() {
        int[] children = new FieldData(3).elements(18);
        int[] one = new int[9];
        int[] other = new int[9];
        Sponge.node(children, 0, children, 9, one, 0);
        Sponge.node(children, 9, children, 0, other, 0);
        assertTrue(!Arrays.equals(one, other));
    }

    @Test
    void anEmptyRowIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> row());
        assertThrows(IllegalArgumentException.class, () -> Sponge.label("", 3));
        assertEquals(24, Sponge.RATE + Sponge.CAPACITY);
    }
}
