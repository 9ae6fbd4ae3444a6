package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;

/** One state after the other. */
final class ScalarHash implements HashKernels {
    static final HashKernels INSTANCE = new ScalarHash();

    private ScalarHash() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void permute(int[][] elements, int off, int n) {
        int[] state = new int[Sponge.WIDTH];
        for (int i = off; i < off + n; i++) {
            for (int k = 0; k < Sponge.WIDTH; k++) {
                state[k] = elements[k][i];
            }
            Poseidon2.WIDTH_24.permute(state, 0);
            for (int k = 0; k < Sponge.WIDTH; k++) {
                elements[k][i] = state[k];
            }
        }
    }

    @Override
    public void rows(int[] matrix, int off, int width, int rows, int[][] digests, int at) {
        Sponge.lengthElement(width);
        int[] digest = new int[Sponge.DIGEST];
        for (int r = 0; r < rows; r++) {
            Sponge.row(matrix, off + r * width, width, digest, 0);
            for (int c = 0; c < Sponge.DIGEST; c++) {
                digests[c][at + r] = digest[c];
            }
        }
    }

    @Override
    public void nodes(int[][] digests, int left, int right, int out, int n) {
        int[] pair = new int[2 * Sponge.DIGEST];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < Sponge.DIGEST; c++) {
                pair[c] = digests[c][left + i];
                pair[Sponge.DIGEST + c] = digests[c][right + i];
            }
            Sponge.node(pair, 0, pair, Sponge.DIGEST, pair, 0);
            for (int c = 0; c < Sponge.DIGEST; c++) {
                digests[c][out + i] = pair[c];
            }
        }
    }

    @Override
    public int work(int[] state, int first, int n, int ones) {
        int[] tried = new int[Sponge.WIDTH];
        for (int nonce = first; nonce < first + n; nonce++) {
            System.arraycopy(state, 0, tried, 0, Sponge.WIDTH);
            tried[0] = KoalaBear.fromCanonical(nonce);
            Poseidon2.WIDTH_24.permute(tried, 0);
            if ((KoalaBear.toCanonical(tried[0]) & ones) == ones) {
                return nonce;
            }
        }
        return -1;
    }
}
