package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Tape;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import java.util.List;

/**
 * The check that sums of multiplicities cannot wrap modulo p. Without it p sends of a message that nobody receives would cancel: the buses balance in
 * the field, and nothing was looked up.
 *
 * <p>Counted is every message whose fields the prover can choose. A message of preprocessed fields only, such as an entry of a lookup table, is true
 * whatever its multiplicity is, which is why lookup tables may leave theirs free: for a message that no entry has, what is left to cancel are
 * the counted ones. On global buses every message is counted: that no entry is sent too often is there not the lookup's concern alone, and the counts of all
 * proofs of a request add up.
 */
final class Multiplicities {
    private Multiplicities() {}

    /** Throws unless Σ bound · height over all counted messages, and the public ones, is less than p. */
    static void check(TableLayout layout, List<PublicMessage> messages) throws VerificationException {
        long sum = 0;
        for (PublicMessage message : messages) {
            int positive = KoalaBear.toCanonical(message.multiplicity());
            sum += Math.min(positive, KoalaBear.P - positive);
        }
        for (TableLayout.Table table : layout.tables()) {
            ChipDescription chip = table.chip();
            boolean[] chosen = readsMain(chip.tape());
            int output = chip.constraints().size();
            for (Interaction interaction : chip.interactions()) {
                boolean counted = interaction.bus().isGlobal();
                for (int field = 1; field <= interaction.fields().size(); field++) {
                    counted |= chosen[chip.tape().output(output + field)];
                }
                output += 1 + interaction.fields().size();
                if (counted) {
                    sum += (long) interaction.multiplicityBound() << table.logHeight();
                }
                // Checked at every step: over thousands of messages the sum itself could overflow.
                if (sum >= KoalaBear.P) {
                    throw new VerificationException(Rejection.MULTIPLICITIES_CAN_WRAP, chip.name());
                }
            }
        }
        if (sum >= KoalaBear.P) {
            throw new VerificationException(Rejection.MULTIPLICITIES_CAN_WRAP, "public messages");
        }
    }

    /** Σ bound · height over all messages on global buses; less than p when {@link #check} has passed. */
    static long global(TableLayout layout) {
        long sum = 0;
        for (TableLayout.Table table : layout.tables()) {
            for (Interaction interaction : table.chip().interactions()) {
                sum += interaction.bus().isGlobal() ? (long) interaction.multiplicityBound() << table.logHeight() : 0;
            }
        }
        return sum;
    }

    /** Which instructions depend on a cell that the prover fills. */
    private static boolean[] readsMain(Tape tape) {
        boolean[] reads = new boolean[tape.length()];
        for (int i = 0; i < reads.length; i++) {
            reads[i] = switch (tape.kind(i)) {
                case MAIN -> true;
                case PREPROCESSED, CONSTANT -> false;
                case SUM, DIFFERENCE, PRODUCT -> reads[tape.left(i)] || reads[tape.right(i)];
            };
        }
        return reads;
    }
}
