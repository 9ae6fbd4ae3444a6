package dev.firesteel.chips;

import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/**
 * BEQ, BNE, BLT, BGE, BLTU and BGEU. A taken branch to a misaligned address traps: its target is {@link Buses#NO_TARGET}, from where no
 * instruction can be fetched.
 */
final class BranchChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param equality BEQ and BNE
     * @param signed BLT and BGE
     * @param unsigned BLTU and BGEU
     * @param holds whether the first of each pair holds: a = b, or a &lt; b
     * @param taken whether the branch is taken
     */
    record Columns(
            Expression equality,
            Expression signed,
            Expression unsigned,
            Expression clock,
            Expression pc,
            Expression rs1,
            Expression rs2,
            Expression target,
            Read a,
            Read b,
            Comparison comparison,
            Expression holds,
            Expression taken) {}

    @Override
    public String name() {
        return "branch";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression comparing = c.signed().plus(c.unsigned());
        Instruction instruction = new Instruction(builder, c.equality().plus(comparing), c.clock(), c.pc());
        instruction.booleans("operation", c.equality(), c.signed(), c.unsigned());
        Expression[] flags = {c.equality(), c.signed(), c.unsigned()};
        // A branch that is taken though its condition does not hold, or the other way round, is the second operation of
        // its pair: which one is fetched follows from what the row does.
        Expression negated =
                c.holds().plus(c.taken()).minus(c.holds().times(c.taken()).times(2));
        instruction.fetch(new Instruction.Fetch(
                        Instruction.operation(flags, BEQ, BLT, BLTU).plus(negated))
                .rs1(c.rs1())
                .rs2(c.rs2())
                .target(c.target()));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        instruction.read(c.rs2(), c.b(), Instruction.SECOND_READ);
        Comparison comparison = c.comparison();
        comparison.define(instruction, c.signed(), c.a().value(), c.b().value());
        // Otherwise any branch could be taken, or not. It makes the cell boolean too.
        builder.assertEqual(
                "holds",
                c.holds(),
                c.equality().times(comparison.different().not()).plus(comparing.times(comparison.less())));
        // Otherwise the run could go on between the two places, or the operation be another pair's.
        builder.assertBoolean("taken is boolean", c.taken());
        Expression following = instruction.following();
        instruction.step(following.plus(c.taken().times(c.target().minus(following))));
    }

    @Override
    public void fill(Executed step, Row row) {
        int pair = step.operation() & -2;
        long a = step.a();
        long b = step.b();
        boolean holds = pair == BEQ ? a == b : pair == BLT ? a < b : Long.compareUnsigned(a, b) < 0;
        row.set(CELLS.equality(), pair == BEQ);
        row.set(CELLS.signed(), pair == BLT);
        row.set(CELLS.unsigned(), pair == BLTU);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.rs2(), step.rs2());
        row.set(CELLS.target(), step.target());
        row.first(CELLS.a(), step);
        row.second(CELLS.b(), step);
        CELLS.comparison().fill(row, pair == BLT, a, b);
        row.set(CELLS.holds(), holds);
        row.set(CELLS.taken(), holds == (step.operation() == pair));
    }
}
