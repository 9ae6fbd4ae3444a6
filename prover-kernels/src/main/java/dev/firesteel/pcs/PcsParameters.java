package dev.firesteel.pcs;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;

/**
 * What decides how hard an opening is to forge. Both sides have the same ones, from the key; they are absorbed before anything else of an opening.
 *
 * @param logBlowup the code's rate is 2^−logBlowup; at least 1
 * @param queries how many indices are sampled, at least 1
 * @param queryGrinding bits of work before the queries
 * @param batchingGrinding bits of work before each challenge that joins columns or commitments
 * @param foldingGrinding bits of work before each challenge that folds
 * @param logFolding variables bound between two committed layers, at most: 3 for folding by 8
 * @param logFinal the polynomial that is sent in the clear has 2^logFinal coefficients
 * @param outOfDomain samples of each committed layer outside of the code's domain; at least 1 where soundness rests on the Johnson bound
 */
public record PcsParameters(
        int logBlowup,
        int queries,
        int queryGrinding,
        int batchingGrinding,
        int foldingGrinding,
        int logFolding,
        int logFinal,
        int outOfDomain) {

    private static final int MAX_QUERIES = 1 << 12;
    private static final int MAX_LOG_FOLDING = 4;
    private static final int MAX_OUT_OF_DOMAIN = 4;

    public PcsParameters {
        // A rate of 1 has no distance, and no queries accept any word.
        check("logBlowup", logBlowup, 1, 8);
        check("queries", queries, 1, MAX_QUERIES);
        check("queryGrinding", queryGrinding, 0, Transcript.MAX_BITS);
        check("batchingGrinding", batchingGrinding, 0, Transcript.MAX_BITS);
        check("foldingGrinding", foldingGrinding, 0, Transcript.MAX_BITS);
        check("logFolding", logFolding, 1, MAX_LOG_FOLDING);
        check("logFinal", logFinal, 0, 10);
        check("outOfDomain", outOfDomain, 0, MAX_OUT_OF_DOMAIN);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", not in [" + least + ", " + most + "]");
        }
    }

    /** The most variables of a stacked column: a longer code has no domain in the field. */
    public int maxLogStackedHeight() {
        return KoalaBear.TWO_ADICITY - logBlowup;
    }

    /** All of them, in the order of the record: what the transcript absorbs. */
    int[] numbers() {
        return new int[] {
            logBlowup, queries, queryGrinding, batchingGrinding, foldingGrinding, logFolding, logFinal, outOfDomain
        };
    }
}
