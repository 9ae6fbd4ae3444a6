package dev.firesteel.chips;

import static dev.firesteel.functions.Sha256.EARLIER;
import static dev.firesteel.functions.Sha256Rounds.ROUNDS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.functions.Sha256;
import dev.firesteel.functions.Sha256Rounds;
import dev.firesteel.riscv.Accelerator;
import java.util.Arrays;

/** Eight rounds of SHA-256's compression, which take what the eight before, or the call, have left. */
final class Sha256RoundsChip implements AcceleratorChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param clock of the call
     * @param row of the compression, from 0
     * @param last whether it is the last one
     */
    record Columns(Expression real, Expression clock, Expression row, Expression last, Sha256Rounds rounds) {}

    @Override
    public String name() {
        return "sha-256-rounds";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public Accelerator accelerator() {
        return Accelerator.SHA256_COMPRESS;
    }

    @Override
    public int rowsPerCall() {
        return Sha256ConstantsChip.ROWS;
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        // Otherwise a row could run its rounds several times, or backwards.
        builder.assertBoolean("real is boolean", c.real());
        Sha256Rounds rounds = c.rounds();
        rounds.define(builder, c.real());
        // Otherwise the prover would choose the constants, and after which row a compression ends.
        builder.send(
                Buses.SHA256_ROUND, c.real(), 1, Sha256ConstantsChip.message(c.row(), c.last(), rounds.constants()));
        // Otherwise the rounds could start from a state that was never reached. A call sends row 0's once and rows are
        // counted, so a call has one path of eight rows. Limbs that a row does not show to have 16 bits are bits in
        // the next one, which takes them; behind the last row nobody takes the schedule, and the call checks a and e.
        builder.receive(
                Buses.SHA256,
                c.real(),
                1,
                Sha256Chip.message(c.clock(), c.row(), rounds.stateBefore(), rounds.scheduleBefore()));
        Expression goesOn = c.last().not();
        Expression[] schedule =
                Arrays.stream(rounds.scheduleAfter()).map(goesOn::times).toArray(Expression[]::new);
        builder.send(
                Buses.SHA256,
                c.real(),
                1,
                Sha256Chip.message(c.clock(), c.row().plus(1), rounds.stateAfter(), schedule));
    }

    @Override
    public void fill(AcceleratorCall call, TableFiller.Rows rows) {
        int[] block = Accelerator.halves(call.block());
        for (int i = 0; i < block.length; i++) {
            block[i] = Integer.reverseBytes(block[i]);
        }
        Sha256 function = new Sha256();
        function.rounds(Accelerator.halves(call.before()), block);
        for (int r = 0; r < rowsPerCall(); r++) {
            Row row = rows.next();
            row.set(CELLS.real(), true);
            row.set(CELLS.clock(), call.clock());
            row.set(CELLS.row(), r);
            row.set(CELLS.last(), r == rowsPerCall() - 1);
            fill(row, CELLS.rounds(), function, r * ROUNDS);
        }
    }

    /** The columns of the rounds from {@code first} on. */
    private static void fill(Row row, Sha256Rounds c, Sha256 f, int first) {
        int from = first + EARLIER;
        row.limbs(c.firstA(), f.a[from - 3]);
        row.limbs(c.firstE(), f.e[from - 3]);
        for (int i = 0; i < ROUNDS + 2; i++) {
            row.bits(c.a(), 32 * i, 32, f.a[from - 2 + i]);
            row.bits(c.e(), 32 * i, 32, f.e[from - 2 + i]);
        }
        row.limbs(c.lastA(), f.a[from + ROUNDS]);
        row.limbs(c.lastE(), f.e[from + ROUNDS]);
        row.limbs(c.firstW(), f.w[first]);
        for (int i = 0; i < ROUNDS; i++) {
            row.bits(c.early(), 32 * i, 32, f.w[first + 1 + i]);
            row.bits(c.late(), 32 * i, 32, f.w[first + 14 + i]);
        }
        for (int i = 0; i < c.middle().length; i++) {
            row.set(c.middle()[i], limb(f.w[first + ROUNDS + 1 + i / 2], i % 2));
        }
        for (int i = 0; i < c.lastW().length; i++) {
            row.set(c.lastW()[i], limb(f.w[first + 14 + ROUNDS + i / 2], i % 2));
        }
        for (int t = 0; t < ROUNDS; t++) {
            carries(row, c, f, first + t, t);
        }
    }

    private static void carries(Row row, Sha256Rounds c, Sha256 f, int round, int t) {
        int constant = Sha256.constant(round);
        row.limbs(Arrays.copyOfRange(c.constants(), 2 * t, 2 * t + 2), constant);
        int i = round + EARLIER;
        int sigmaE = Sha256.bigSigma1(f.e[i]);
        int choice = Sha256.choose(f.e[i], f.e[i - 1], f.e[i - 2]);
        int sigmaA = Sha256.bigSigma0(f.a[i]);
        int majority = Sha256.majority(f.a[i], f.a[i - 1], f.a[i - 2]);
        int sigma0 = Sha256.smallSigma0(f.w[round + 1]);
        int sigma1 = Sha256.smallSigma1(f.w[round + 14]);
        long carryE = 0;
        long carryA = 0;
        long carryW = 0;
        for (int limb = 0; limb < 2; limb++) {
            carryE += sum(limb, f.a[i - 3], f.e[i - 3], sigmaE, choice, constant, f.w[round]);
            carryE >>= 16;
            row.bits(c.carriesE(), 6 * t + 3 * limb, 3, carryE);
            // Of a sum less a number; the result's limb is what is left.
            carryA += sum(limb, f.e[i + 1], sigmaA, majority) - limb(f.a[i - 3], limb) - limb(f.a[i + 1], limb);
            carryA >>= 16;
            row.bits(c.carriesA(), 4 * t + 2 * limb, 2, carryA + 1);
            carryW += sum(limb, f.w[round], f.w[round + 9], sigma0, sigma1);
            carryW >>= 16;
            row.bits(c.carriesW(), 4 * t + 2 * limb, 2, carryW);
        }
    }

    private static long sum(int limb, int... words) {
        return Arrays.stream(words).mapToLong(word -> limb(word, limb)).sum();
    }

    private static long limb(int word, int limb) {
        return word >>> 16 * limb & 0xFFFF;
    }
}
