package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Format;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.vm.Opcode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single cells changed in the tables of comparisons, branches, bitwise operations, additions of words and shifts. */
class AluMutationsTest {
    /**
     * Cells of real rows that may hold anything, and why that is no matter:
     * <ul>
     * <li>immediate forms do not read a second register, so when it was accessed before is not looked at;
     * <li>the upper half of ADDIW's immediate does not enter the result, and is not in the program's row;
     * <li>of a shift's immediate only the first limb is in the program's row, and only it is the amount.
     * </ul>
     */
    private static final Set<String> FREE = Set.of(
            "slti b.access.previous",
            "slti b.access.gapLow",
            "sltiu b.access.previous",
            "sltiu b.access.gapLow",
            "xori second.previous",
            "xori second.gapLow",
            "ori second.previous",
            "ori second.gapLow",
            "andi second.previous",
            "andi second.gapLow",
            "addiw second.previous",
            "addiw second.gapLow",
            "addiw y[2]",
            "addiw y[3]");

    private static final List<String> SHIFTS = List.of("slli", "slliw", "srli", "srai", "srliw", "sraiw");
    private static final List<String> SHIFTS_FREE =
            List.of("b.access.previous", "b.access.gapLow", "b.value[1]", "b.value[2]", "b.value[3]");

    static final List<Op> TWO_REGISTERS = List.of(
            Op.SLT, Op.SLTU, Op.XOR, Op.OR, Op.AND, Op.ADDW, Op.SUBW, Op.SLL, Op.SRL, Op.SRA, Op.SLLW, Op.SRLW,
            Op.SRAW);
    static final List<Op> IMMEDIATES = List.of(
            Op.SLTI, Op.SLTIU, Op.XORI, Op.ORI, Op.ANDI, Op.ADDIW, Op.SLLI, Op.SRLI, Op.SRAI, Op.SLLIW, Op.SRLIW,
            Op.SRAIW);
    static final List<Op> BRANCHES = List.of(Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU);

    static final int OPERAND_PAIRS = 5;

    private static final long[][] OPERANDS = {
        {0, 0},
        {-1, 1},
        {0x8000_0001_8000_0001L, 0x7FFF_FFFF_0001_0010L},
        {0x0123_4567_89AB_CDEFL, 0x0123_4567_89AB_CD25L},
        {Long.MIN_VALUE, -33}
    };

    /** Every operation on a few operands. */
    static ChipRuns.Filled everyOperation() {
        Assembler asm = new Assembler();
        for (long[] operands : OPERANDS) {
            asm.li(Reg.T1, operands[0]);
            asm.li(Reg.T2, operands[1]);
            TWO_REGISTERS.forEach(op -> asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0));
            for (Op op : IMMEDIATES) {
                int bits = op.format() == Format.SHIFT64 ? 6 : op.format() == Format.SHIFT32 ? 5 : 0;
                long immediate = (operands[1] << 52) >> 52;
                asm.emit(op, Reg.A0, Reg.T1, 0, bits == 0 ? immediate : immediate & (1 << bits) - 1);
            }
            // To the instruction behind the next one.
            BRANCHES.forEach(op -> {
                asm.emit(op, 0, Reg.T1, Reg.T2, 8);
                asm.nop();
            });
        }
        asm.halt(0);
        return ChipRuns.fill(asm, 1 << 20).get(0);
    }

    private static Set<String> free(String chip) {
        Set<String> free = new TreeSet<>();
        for (String shift : chip.startsWith("shift") ? SHIFTS : List.<String>of()) {
            if (shift.startsWith("sl") == chip.equals("shift-left")) {
                SHIFTS_FREE.forEach(column -> free.add(shift + " " + column));
            }
        }
        Set<String> columns = Set.copyOf(operations(chip));
        FREE.stream().filter(f -> columns.contains(f.split(" ")[0])).forEach(free::add);
        return free;
    }

    /** The mnemonics of what the chip called {@code chip} executes. */
    static List<String> operations(String chip) {
        return IntStream.range(0, Opcode.EBREAK)
                .filter(o -> !Opcode.name(o).isEmpty())
                .filter(o -> o < Opcode.MUL || o > Opcode.REMUW)
                .filter(o -> o < Opcode.LB || o > Opcode.SD)
                .filter(o ->
                        InstructionChips.ALL.get(InstructionChips.of(o)).name().equals(chip))
                .mapToObj(Opcode::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"less-than", "branch", "bitwise", "add-sub-word", "shift-left", "shift-right"})
    void everyCellIsRefusedOrKnownToBeFree(String name) {
        TableMutations table = new TableMutations(everyOperation(), name);
        Set<String> executed = new TreeSet<>();
        int padding = 0;
        for (int row = 0; row < table.height(); row++) {
            TableMutations.Judgement honest = table.judge(table.row(row));
            assertEquals(List.of(), honest.refusals());
            List<Integer> fetched = honest.on(Buses.PROGRAM, 1);
            if (fetched == null) {
                padding++;
            } else {
                executed.add(Opcode.name(fetched.get(1)));
            }
        }
        assertTrue(padding > 0, "no padding");
        assertEquals(new TreeSet<>(operations(name)), executed);

        List<TableMutations.Survivor> survivors = table.changeEveryCell();
        // In padding a change is no matter when the row says nothing but lookups afterwards.
        for (TableMutations.Survivor survivor : survivors) {
            if (survivor.operation() < 0) {
                int[] cells = table.row(survivor.row());
                cells[table.column(survivor.column())] = KoalaBear.fromCanonical(survivor.to());
                TableMutations.Judgement judgement = table.judge(cells);
                assertTrue(judgement.balanced().isEmpty(), survivor::toString);
                assertNull(judgement.on(Buses.PROGRAM, 1), survivor::toString);
            }
        }
        assertEquals(
                free(name),
                survivors.stream()
                        .filter(s -> s.operation() >= 0)
                        .map(s -> Opcode.name(s.operation()) + " " + s.column())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(table.tried() > 6 * table.height() * table.chip().mainWidth());
    }

    /** The mutations above look at one row; this is the same question put to all tables of the segment. */
    @Test
    void theWholeSegmentRefusesWhatTheRowRefuses() {
        ChipRuns.Filled filled = everyOperation();
        assertEquals(List.of(), filled.violations());
        for (String name : List.of("less-than", "branch", "bitwise", "add-sub-word", "shift-left", "shift-right")) {
            TableMutations table = new TableMutations(filled, name);
            for (int column = 0; column < table.chip().mainWidth(); column++) {
                int row = (column * 7) % table.height();
                int[] cells = table.row(row);
                var honest = table.judge(cells).balanced();
                cells[column] = KoalaBear.add(cells[column], KoalaBear.ONE);
                TableMutations.Judgement changed = table.judge(cells);
                boolean refused =
                        !changed.refusals().isEmpty() || !changed.balanced().equals(honest);
                assertEquals(
                        refused,
                        table.segmentRefuses(row, column, cells[column]),
                        name + " " + table.chip().mainColumns().get(column) + " in row " + row);
            }
        }
    }
}
