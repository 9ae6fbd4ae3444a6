package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** SH, SW and SD at addresses that are not multiples of their size, in one word or across two. */
final class MisalignedStoreChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param value the bytes of the register that is stored
     * @param second when it was accessed before
     * @param window the words that are accessed
     */
    record Columns(
            Expression sh,
            Expression sw,
            Expression sd,
            Expression clock,
            Expression pc,
            Expression rs2,
            Address address,
            @Width(Window.WORD) Expression[] value,
            Access second,
            Window window) {}

    @Override
    public String name() {
        return "misaligned-store";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression[] flags = {c.sh(), c.sw(), c.sd()};
        Instruction instruction = new Instruction(builder, Instruction.sum(flags), c.clock(), c.pc());
        instruction.booleans("operation", flags);
        instruction.step(instruction.following());
        Expression operation = Instruction.operation(flags, Opcode.SH, Opcode.SW, Opcode.SD);
        instruction.fetch(c.address().in(new Instruction.Fetch(operation)).rs2(c.rs2()));
        c.address().define(instruction, c.window().offsetValue());
        instruction.readAs(c.rs2(), c.second(), Window.limbs(c.value()), Instruction.SECOND_READ);
        for (int i = 0; i < Window.WORD; i += 2) {
            // Otherwise a limb would have other decompositions: bytes could be stored that the register does not hold.
            instruction.bytes(instruction.real(), c.value()[i], c.value()[i + 1]);
        }
        // Whether byte i of the register is stored.
        Expression four = c.sw().plus(c.sd());
        Expression two = Expression.constant(1);
        Expression[] stored = {two, two, four, four, c.sd(), c.sd(), c.sd(), c.sd()};
        Expression[] after = c.window().bytes().clone();
        for (int at = 1; at < Window.WORD; at++) {
            for (int i = 0; i < Window.WORD; i++) {
                // The offset is one, so at most one of the terms that are added to a byte is not 0.
                Expression change = c.value()[i].minus(c.window().bytes()[at + i]);
                after[at + i] = after[at + i].plus(
                        c.window().begins(at).times(stored[i]).times(change));
            }
        }
        c.window().define(instruction, c.sh(), c.sw(), c.sd(), c.address().index(), after);
    }

    @Override
    public void fill(Executed step, Row row) {
        int operation = step.operation();
        row.set(CELLS.sh(), operation == Opcode.SH);
        row.set(CELLS.sw(), operation == Opcode.SW);
        row.set(CELLS.sd(), operation == Opcode.SD);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rs2(), step.rs2());
        CELLS.address().fill(row, step);
        row.bytes(CELLS.value(), step.b());
        row.access(CELLS.second(), step.bPrevious(), step.clock() + Instruction.SECOND_READ);
        CELLS.window().fill(row, step, SegmentTrace.bytes(operation));
    }
}
