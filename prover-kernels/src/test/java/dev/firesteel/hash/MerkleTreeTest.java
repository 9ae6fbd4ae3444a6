package dev.firesteel.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.FieldData;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {

    /** A matrix at an offset, and its tree. */
    private record Tree(int[] matrix, int off, int width, int logRows, MerkleTree tree) {
        static Tree of(int logRows, int width, int threads) {
            int off = 3;
            int[] matrix = new FieldData(logRows * 100L + width).elements(off + (width << logRows) + 2);
            try (Parallel parallel = new Parallel(threads)) {
                return new Tree(matrix, off, width, logRows, MerkleTree.of(matrix, off, width, logRows, parallel));
            }
        }

        int[] rows(int... indices) {
            return Arrays.stream(indices)
                    .flatMap(i -> Arrays.stream(matrix, off + i * width, off + (i + 1) * width))
                    .toArray();
        }

        Rejection verify(int[] indices, int[] rows, int[] siblings) {
            return rejection(tree.root(), logRows, width, indices, rows, siblings);
        }
    }

    private static Rejection rejection(int[] root, int logRows, int width, int[] indices, int[] rows, int[] siblings) {
        try {
            MerkleOpening.verify(root, logRows, width, indices, rows, siblings);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    /** The root by the recursive definition: node i of m has the nodes i and i + m below it. */
    private static int[] rootByDefinition(Tree t, int m, int i) {
        int[] digest = new int[9];
        if (m == 1 << t.logRows) {
            Sponge.row(t.matrix, t.off + i * t.width, t.width, digest, 0);
        } else {
            Sponge.node(rootByDefinition(t, 2 * m, i), 0, rootByDefinition(t, 2 * m, i + m), 0, digest, 0);
        }
        return digest;
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,40", "1,3", "2,15", "3,16", "5,40", "7,1", "11,7"})
    void theRootIsTheDefinitionsWhateverTheThreads(int logRows, int width) {
        Tree tree = Tree.of(logRows, width, 1);
        assertArrayEquals(rootByDefinition(tree, 1, 0), tree.tree.root());
        assertArrayEquals(tree.tree.root(), Tree.of(logRows, width, 3).tree.root());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everySetOfRowsOpens(int logRows) {
        Tree tree = Tree.of(logRows, 5, 1);
        int rows = 1 << logRows;
        for (int set = 1; set < 1 << rows && set > 0; set++) {
            int chosen = set;
            int[] indices =
                    IntStream.range(0, rows).filter(i -> (chosen >> i & 1) != 0).toArray();
            int[] siblings = tree.tree.open(indices);
            assertEquals(9 * MerkleOpening.siblings(logRows, indices), siblings.length);
            assertEquals(null, tree.verify(indices, tree.rows(indices), siblings));
        }
    }

    @Test
    void aSharedNodeIsOpenedOnce() {
        Tree tree = Tree.of(10, 4, 1);
        assertEquals(10, MerkleOpening.siblings(10, new int[] {77}));
        assertEquals(9, MerkleOpening.siblings(10, new int[] {77, 77 + 512}));
        assertEquals(0, MerkleOpening.siblings(10, IntStream.range(0, 1024).toArray()));
        // Rows with the same 9 low bits share all nodes but one; with the same 8 low bits all but two.
        assertEquals(10, MerkleOpening.siblings(10, new int[] {77, 77 + 256}));
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 20; run++) {
            int[] indices = random.ints(1 + random.nextInt(60), 0, 1024)
                    .sorted()
                    .distinct()
                    .toArray();
            assertEquals(null, tree.verify(indices, tree.rows(indices), tree.tree.open(indices)));
        }
    }

    @Test
    void everyElementOfAnOpeningMatters() {
        Tree tree = Tree.of(6, 7, 1);
        int[] indices = {0, 5, 17, 32, 37, 63};
        int[] rows = tree.rows(indices);
        int[] siblings = tree.tree.open(indices);
        for (int[] part : new int[][] {rows, siblings}) {
            for (int i = 0; i < part.length; i++) {
                int honest = part[i];
                part[i] = KoalaBear.add(honest, KoalaBear.ONE);
                assertEquals(Rejection.MERKLE_PATH, tree.verify(indices, rows, siblings));
                for (int wrong : new int[] {KoalaBear.P, honest + KoalaBear.P, -1, Integer.MIN_VALUE}) {
                    part[i] = wrong;
                    assertEquals(Rejection.ELEMENT_NOT_CANONICAL, tree.verify(indices, rows, siblings));
                }
                part[i] = honest;
            }
        }
        assertEquals(null, tree.verify(indices, rows, siblings));
        int[] root = tree.tree.root();
        for (int i = 0; i < root.length; i++) {
            int[] other = root.clone();
            other[i] = KoalaBear.add(other[i], KoalaBear.ONE);
            assertEquals(Rejection.MERKLE_PATH, rejection(other, 6, 7, indices, rows, siblings));
        }
    }

    @Test
    void everyOtherLengthIsRejected() {
        Tree tree = Tree.of(6, 7, 1);
        int[] indices = {3, 40};
        int[] rows = tree.rows(indices);
        int[] siblings = tree.tree.open(indices);
        for (int length = 0; length < siblings.length; length++) {
            assertEquals(Rejection.PROOF_TOO_SHORT, tree.verify(indices, rows, Arrays.copyOf(siblings, length)));
        }
        for (int length = 0; length < rows.length; length++) {
            assertEquals(Rejection.PROOF_TOO_SHORT, tree.verify(indices, Arrays.copyOf(rows, length), siblings));
        }
        for (int more = 1; more < 20; more++) {
            int[] longer = Arrays.copyOf(siblings, siblings.length + more);
            assertEquals(Rejection.PROOF_TOO_LONG, tree.verify(indices, rows, longer));
            assertEquals(
                    Rejection.PROOF_TOO_LONG, tree.verify(indices, Arrays.copyOf(rows, rows.length + more), siblings));
        }
    }

    @Test
    void anOpeningIsOfItsOwnIndicesDepthAndWidthOnly() {
        Tree tree = Tree.of(4, 6, 1);
        int[] rows = tree.rows(5);
        int[] siblings = tree.tree.open(new int[] {5});
        for (int i = 0; i < 16; i++) {
            assertEquals(i == 5 ? null : Rejection.MERKLE_PATH, tree.verify(new int[] {i}, rows, siblings));
        }
        int[] root = tree.tree.root();
        int[] shorter = Arrays.copyOfRange(siblings, 9, siblings.length);
        int[] one = {1};
        assertEquals(Rejection.PROOF_TOO_LONG, rejection(root, 3, 6, one, rows, siblings));
        assertEquals(Rejection.MERKLE_PATH, rejection(root, 3, 6, one, rows, shorter));
        // The two digests of a node, given as a row of 18 elements one level higher.
        int[] pair = new int[18];
        Sponge.row(rows, 0, 6, pair, 0);
        System.arraycopy(siblings, 0, pair, 9, 9);
        assertEquals(Rejection.MERKLE_PATH, rejection(root, 3, 18, new int[] {5}, pair, shorter));
        // Zeros at the end of a row.
        Tree zeros = new Tree(new int[64], 0, 2, 4, null);
        try (Parallel parallel = new Parallel(1)) {
            MerkleTree narrow = MerkleTree.of(zeros.matrix, 0, 2, 4, parallel);
            MerkleTree wide = MerkleTree.of(zeros.matrix, 0, 3, 4, parallel);
            assertTrue(!Arrays.equals(narrow.root(), wide.root()));
            int[] path = narrow.open(one);
            assertEquals(null, rejection(narrow.root(), 4, 2, one, new int[2], path));
            assertEquals(Rejection.MERKLE_PATH, rejection(narrow.root(), 4, 3, one, new int[3], path));
        }
    }

    @Test
    void shapesThatMakeNoSenseAreErrors() {
        Tree tree = Tree.of(3, 2, 1);
        int[] root = tree.tree.root();
        int[][] wrong = {{}, {1, 1}, {2, 1}, {-1}, {8}, {0, Integer.MAX_VALUE}};
        for (int[] indices : wrong) {
            assertThrows(IllegalArgumentException.class, () -> tree.tree.open(indices));
            assertThrows(IllegalArgumentException.class, () -> MerkleOpening.siblings(3, indices));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> MerkleOpening.verify(root, 3, 2, indices, new int[2], new int[27]));
        }
        int[] zero = {0};
        assertThrows(IllegalArgumentException.class, () -> MerkleOpening.siblings(-1, zero));
        assertThrows(IllegalArgumentException.class, () -> MerkleOpening.siblings(25, zero));
        assertThrows(
                IllegalArgumentException.class, () -> MerkleOpening.verify(root, 3, 0, zero, new int[0], new int[27]));
        assertThrows(
                IllegalArgumentException.class,
                () -> MerkleOpening.verify(new int[8], 3, 2, zero, new int[2], new int[27]));
        try (Parallel parallel = new Parallel(1)) {
            assertThrows(IllegalArgumentException.class, () -> MerkleTree.of(new int[8], 0, 0, 3, parallel));
            assertThrows(IllegalArgumentException.class, () -> MerkleTree.of(new int[8], 0, 2, 3, parallel));
            assertThrows(IllegalArgumentException.class, () -> MerkleTree.of(new int[8], -1, 1, 3, parallel));
            assertThrows(IllegalArgumentException.class, () -> MerkleTree.of(new int[8], 0, 1, 31, parallel));
        }
    }
}
