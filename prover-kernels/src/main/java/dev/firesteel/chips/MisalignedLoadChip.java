package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** LH, LHU, LW, LWU and LD at addresses that are not multiples of their size, in one word or across two. */
final class MisalignedLoadChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param window the words that are accessed
     * @param negative LH, LW: the sign of what is loaded
     */
    record Columns(
            Expression lh,
            Expression lhu,
            Expression lw,
            Expression lwu,
            Expression ld,
            Expression clock,
            Expression pc,
            Expression rd,
            Address address,
            Window window,
            Expression negative,
            Write result) {}

    @Override
    public String name() {
        return "misaligned-load";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression[] flags = {c.lh(), c.lhu(), c.lw(), c.lwu(), c.ld()};
        Instruction instruction = new Instruction(builder, Instruction.sum(flags), c.clock(), c.pc());
        instruction.booleans("operation", flags);
        instruction.step(instruction.following());
        Expression operation = Instruction.operation(flags, Opcode.LH, Opcode.LHU, Opcode.LW, Opcode.LWU, Opcode.LD);
        instruction.fetch(c.address().in(new Instruction.Fetch(operation)).rd(c.rd()));
        Expression half = c.lh().plus(c.lhu());
        Expression word = c.lw().plus(c.lwu());
        Window window = c.window();
        c.address().define(instruction, window.offsetValue());
        window.define(instruction, half, word, c.ld(), c.address().index(), window.bytes());
        // Otherwise unsigned loads could extend with ones, and signed ones with a multiple of them.
        builder.assertZeroWhen(
                "negative is 0 or signed",
                c.negative(),
                c.negative().minus(c.lh()).minus(c.lw()));
        Expression last = c.lh().times(window.accessed(1)).plus(c.lw().times(window.accessed(3)));
        // Otherwise signed loads could extend with the wrong bit.
        instruction.range(c.lh().plus(c.lw()), last.minus(c.negative().times(1 << 7)), 7);
        Expression sign = c.negative().times(0xFFFF);
        // Made of bytes that are accessed, so they have 16 bits.
        instruction.write(c.rd(), c.result(), new Expression[] {
            limb(window, 0),
            half.times(sign).plus(word.plus(c.ld()).times(limb(window, 1))),
            sign.plus(c.ld().times(limb(window, 2))),
            sign.plus(c.ld().times(limb(window, 3)))
        });
    }

    private static Expression limb(Window window, int i) {
        return window.accessed(2 * i).plus(window.accessed(2 * i + 1).times(256));
    }

    @Override
    public void fill(Executed step, Row row) {
        int operation = step.operation();
        row.set(CELLS.lh(), operation == Opcode.LH);
        row.set(CELLS.lhu(), operation == Opcode.LHU);
        row.set(CELLS.lw(), operation == Opcode.LW);
        row.set(CELLS.lwu(), operation == Opcode.LWU);
        row.set(CELLS.ld(), operation == Opcode.LD);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        CELLS.address().fill(row, step);
        CELLS.window().fill(row, step, SegmentTrace.bytes(operation));
        row.set(CELLS.negative(), operation != Opcode.LD && step.result() < 0);
        row.result(CELLS.result(), step);
    }
}
