package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** SB. */
final class StoreByteChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param choice which limb the byte is in
     * @param odd bit 0 of the address: whether it is the limb's upper byte
     * @param value the register whose first byte is stored
     * @param stored that byte
     * @param kept the limb's other byte
     * @param change the limb after minus the limb before
     * @param word the word that it becomes a part of, before
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rs2,
            Address address,
            LimbChoice choice,
            Expression odd,
            Read value,
            Expression stored,
            Expression kept,
            Expression change,
            Write word) {}

    @Override
    public String name() {
        return "store-byte";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        instruction.step(instruction.following());
        instruction.fetch(c.address()
                .in(new Instruction.Fetch(Expression.constant(Opcode.SB)))
                .rs2(c.rs2()));
        c.choice().define(builder);
        // Otherwise a mixture of both bytes could be replaced, and the address could be anything.
        builder.assertBoolean("address bit 0 is boolean", c.odd());
        c.address().define(instruction, c.choice().offset().plus(c.odd()));
        instruction.read(c.rs2(), c.value(), Instruction.SECOND_READ);
        bytes(instruction, c);
        Expression[] selectors = c.choice().selectors();
        Expression[] after = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            after[i] = c.word().old()[i].plus(selectors[i].times(c.change()));
        }
        // The changed limb has 16 bits: it is made of stored and kept.
        instruction.access(
                c.real(), c.address().index(), c.word().access(), c.word().old(), after, Instruction.MEMORY_ACCESS);
    }

    private static void bytes(Instruction instruction, Columns c) {
        Expression inverse = Expression.ofInverse(256);
        // Otherwise another byte than the register's first could be stored.
        instruction.bytes(
                c.real(), c.stored(), c.value().value()[0].minus(c.stored()).times(inverse));
        // What the replaced and the kept byte count for in the limb: 1 and 256, or 256 and 1 when odd.
        Expression place = c.odd().times(255).plus(1);
        Expression other = place.negated().plus(257);
        // change = place·(stored − replaced) defines the replaced byte; 1/place is linear in a bit.
        Expression inversePlace = c.odd().times(inverse.minus(1)).plus(1);
        Expression replaced = c.stored().minus(c.change().times(inversePlace));
        // Otherwise the kept byte could change. The limb before is place·replaced + other·kept.
        instruction
                .builder()
                .assertEqual(
                        "bytes of the limb",
                        c.choice().of(c.word().old()).plus(c.change()),
                        place.times(c.stored()).plus(other.times(c.kept())));
        // Otherwise the limb before would have other decompositions.
        instruction.bytes(c.real(), replaced, c.kept());
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean odd = (step.address() & 1) != 0;
        int shift = 8 * (int) (step.address() & 6);
        long before = step.wordBefore(0) >>> shift & 0xFFFF;
        long after = step.wordAfter(0) >>> shift & 0xFFFF;
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rs2(), step.rs2());
        CELLS.address().fill(row, step);
        CELLS.choice().fill(row, step);
        row.set(CELLS.odd(), odd);
        row.second(CELLS.value(), step);
        row.set(CELLS.stored(), step.b() & 0xFF);
        row.set(CELLS.kept(), odd ? before & 0xFF : before >>> 8);
        row.set(CELLS.change(), after - before);
        row.word(CELLS.word(), step);
    }
}
