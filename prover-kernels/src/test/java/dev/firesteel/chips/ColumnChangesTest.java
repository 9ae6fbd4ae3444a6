package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Balance;
import dev.firesteel.air.BaseArithmetic;
import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every cell of every row of instruction tables changed, one at a time. A change is noticed when a constraint of the row is violated, when the row sends or receives another message on
 * a bus that others answer for (state, memory, program, output, halt), or looks up what no lookup table has. What is not noticed is named here, and why it does not matter.
 */
class ColumnChangesTest {
    private static final List<Op> ALU = List.of(
            Op.ADD, Op.SUB, Op.SLT, Op.SLTU, Op.XOR, Op.OR, Op.AND, Op.ADDW, Op.SUBW, Op.SLL, Op.SRL, Op.SRA, Op.SLLW,
            Op.SRLW, Op.SRAW);
    private static final List<Op> IMMEDIATE = List.of(
            Op.ADDI, Op.SLTI, Op.SLTIU, Op.XORI, Op.ORI, Op.ANDI, Op.ADDIW, Op.SLLI, Op.SRLI, Op.SRAI, Op.SLLIW,
            Op.SRLIW, Op.SRAIW);
    private static final List<Op> LOADS = List.of(Op.LB, Op.LBU, Op.LH, Op.LHU, Op.LW, Op.LWU, Op.LD);
    private static final List<Op> STORES = List.of(Op.SB, Op.SH, Op.SW, Op.SD);
    private static final Set<Bus> LOOKUPS = Set.of(Buses.RANGE, Buses.BYTES, Buses.AND);

    private final SplittableRandom random = new SplittableRandom(41);
    private final Set<String> survivors = new TreeSet<>();
    private int tried;

    private static Assembler program() {
        Assembler asm = new Assembler();
        asm.dword(0x8070_6050_4030_2010L);
        asm.dword(0x0102_8384_0506_8788L);
        asm.zeroFill(64);
        asm.lui(Reg.S1, (int) (Assembler.DATA_BASE >>> 12));
        asm.auipc(Reg.S2, 1);
        asm.ld(Reg.T1, 0, Reg.S1);
        asm.ld(Reg.T2, 8, Reg.S1);
        for (Op op : ALU) {
            asm.emit(op, Reg.A3, Reg.T1, Reg.T2, 0);
            asm.emit(op, Reg.ZERO, Reg.T2, Reg.T2, 0);
        }
        for (Op op : IMMEDIATE) {
            asm.emit(op, Reg.A3, Reg.T1, 0, 19);
        }
        for (Op op : List.of(Op.ADDI, Op.SLTI, Op.XORI, Op.ADDIW)) {
            asm.emit(op, Reg.A3, Reg.T1, 0, -7);
        }
        for (Op op : LOADS) {
            for (int at : new int[] {0, 1, 3, 5, 7, 6}) {
                asm.emit(op, Reg.A3, Reg.S1, 0, at);
            }
        }
        for (Op op : STORES) {
            for (int at : new int[] {16, 17, 19, 21, 23}) {
                asm.emit(op, 0, Reg.S1, Reg.T1, at);
            }
        }
        for (Op op : List.of(Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU)) {
            Label next = asm.label();
            asm.emit(op, 0, Reg.T1, Reg.T2, next);
            asm.fence();
            asm.bind(next);
        }
        Label over = asm.label();
        asm.jal(Reg.RA, over);
        asm.bind(over);
        asm.jalr(Reg.RA, 4, Reg.RA);
        asm.output(Reg.T1, 3);
        asm.output(Reg.T1, 8);
        return asm;
    }

    @Test
    void everyCellThatIsNotNoticedIsNamed() {
        Assembler asm = program();
        asm.halt(0);
        List<ChipRuns.Filled> segments = ChipRuns.fill(asm, 1 << 20);
        assertEquals(1, segments.size());
        Set<String> used = new HashSet<>();
        for (int i = 0; i < InstructionChips.ALL.size(); i++) {
            ChipDescription chip = ChipDescription.of(InstructionChips.ALL.get(i));
            Trace table = segments.get(0).tables().get(i);
            int rows = segments.get(0).trace().log(i).size();
            for (int row = 0; row < rows; row++) {
                change(chip, table, row);
                used.add(chip.name());
            }
        }
        assertTrue(tried > 10_000, () -> "tried " + tried);
        assertTrue(used.size() >= 20, used::toString);
        assertEquals(
                new TreeSet<>(Set.of(
                        // The second operand's access, in rows with an immediate: nothing is accessed.
                        "add-sub-word second.gapLow",
                        "add-sub-word second.previous",
                        "bitwise second.gapLow",
                        "bitwise second.previous",
                        "less-than b.access.gapLow",
                        "less-than b.access.previous",
                        "shift-left b.access.gapLow",
                        "shift-left b.access.previous",
                        "shift-right b.access.gapLow",
                        "shift-right b.access.previous",
                        // An immediate's upper limbs where 32 or 6 bits of it count.
                        "add-sub-word y[2]",
                        "add-sub-word y[3]",
                        "shift-left b.value[1]",
                        "shift-left b.value[2]",
                        "shift-left b.value[3]",
                        "shift-right b.value[1]",
                        "shift-right b.value[2]",
                        "shift-right b.value[3]",
                        // The second word of a window that stays in the first one.
                        "misaligned-load window.bytes[8]",
                        "misaligned-load window.bytes[9]",
                        "misaligned-load window.bytes[10]",
                        "misaligned-load window.bytes[11]",
                        "misaligned-load window.bytes[12]",
                        "misaligned-load window.bytes[13]",
                        "misaligned-load window.bytes[14]",
                        "misaligned-load window.bytes[15]",
                        "misaligned-load window.second.gapLow",
                        "misaligned-load window.second.previous",
                        "misaligned-store window.bytes[8]",
                        "misaligned-store window.bytes[9]",
                        "misaligned-store window.bytes[10]",
                        "misaligned-store window.bytes[11]",
                        "misaligned-store window.bytes[12]",
                        "misaligned-store window.bytes[13]",
                        "misaligned-store window.bytes[14]",
                        "misaligned-store window.bytes[15]",
                        "misaligned-store window.second.gapLow",
                        "misaligned-store window.second.previous",
                        // Only SHA-256 has a block.
                        "ecall blockWord",
                        "ecall blockUpper",
                        // HALT puts nothing out.
                        "ecall before[0]",
                        "ecall before[1]",
                        "ecall bytes[0]",
                        "ecall bytes[1]",
                        "ecall bytes[2]",
                        "ecall bytes[3]",
                        "ecall bytes[4]",
                        "ecall bytes[5]",
                        "ecall bytes[6]",
                        "ecall bytes[7]",
                        "ecall carry",
                        "ecall count.gapLow",
                        "ecall count.previous",
                        "ecall position.gapLow",
                        "ecall position.previous")),
                survivors);
    }

    @Test
    void everyCellOfFirstAndLastValuesAndBoundariesThatIsNotNoticedIsNamed() {
        Assembler asm = program();
        // A word of the input too.
        asm.li(Reg.T1, AddressSpace.INPUT_DATA);
        asm.ld(Reg.T1, 0, Reg.T1);
        asm.halt(0);
        Program program = Runs.load(asm.elf());
        RiscvTables tables = new RiscvTables(program);
        SegmentTrace trace = tables.trace(
                ChipRuns.fill(program, new byte[8], 1 << 20).get(0).trace().segment());
        SortedMap<Long, FirstLastChip.Word> words = new TreeMap<>();
        RiscvTables.words(
                trace, (address, in, earlier, out) -> words.put(address, new FirstLastChip.Word(address, in, out, 1)));
        List<Trace> filled = tables.boundary(trace, List.copyOf(words.values()));
        int changed = 0;
        for (int i = 0; i < filled.size(); i++) {
            ChipDescription chip = RiscvTables.descriptions().get(i);
            if (chip.boundary()) {
                int rows = words.size() + (chip.name().equals(RiscvTables.FIRST_LAST) ? 0 : 1);
                for (int row = 0; row < rows; row++) {
                    change(chip, filled.get(i), row);
                    changed++;
                }
            }
        }
        assertEquals(2 * words.size() + 1, changed);
        assertEquals(
                new TreeSet<>(Set.of(
                        // The sink, which no other segment sees.
                        "boundary earlier",
                        "boundary segment",
                        // A word of the image, which is in no region.
                        "first-last from",
                        "first-last fromLow",
                        "first-last to",
                        "first-last toLow")),
                survivors);
    }

    private void change(ChipDescription chip, Trace table, int row) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; column < table.width(); column++) {
            cells.add(table.get(row, column));
        }
        List<Integer> honest = chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), cells);
        assertTrue(unnoticed(chip, honest, honest), () -> chip.name() + " row " + row);
        for (int column = 0; column < table.width(); column++) {
            int old = cells.get(column);
            for (int value : new int[] {
                KoalaBear.sub(KoalaBear.ONE, old),
                KoalaBear.add(old, KoalaBear.ONE),
                KoalaBear.neg(old),
                KoalaBear.add(old, KoalaBear.fromCanonical(1 << 16)),
                random.nextInt(KoalaBear.P)
            }) {
                if (value != old) {
                    tried++;
                    cells.set(column, value);
                    if (unnoticed(chip, honest, chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), cells))) {
                        survivors.add(chip.name() + " " + chip.mainColumns().get(column));
                    }
                }
            }
            cells.set(column, old);
        }
    }

    private static boolean unnoticed(ChipDescription chip, List<Integer> honest, List<Integer> changed) {
        for (int i = 0; i < chip.constraints().size(); i++) {
            if (changed.get(i) != KoalaBear.ZERO) {
                return false;
            }
        }
        Balance balance = new Balance();
        int at = chip.constraints().size();
        for (Interaction interaction : chip.interactions()) {
            int end = at + 1 + interaction.fields().size();
            if (!LOOKUPS.contains(interaction.bus())) {
                balance.add(interaction.bus(), changed.get(at), changed.subList(at + 1, end));
                balance.add(interaction.bus(), KoalaBear.neg(honest.get(at)), honest.subList(at + 1, end));
            } else if (changed.get(at) != KoalaBear.ZERO
                    && !answered(interaction.bus(), changed.subList(at + 1, end))) {
                return false;
            }
            at = end;
        }
        return balance.violations(1).isEmpty();
    }

    private static boolean answered(Bus bus, List<Integer> fields) {
        int a = KoalaBear.toCanonical(fields.get(0));
        int b = KoalaBear.toCanonical(fields.get(1));
        if (bus.equals(Buses.RANGE)) {
            return b <= 16 && a < 1 << b;
        }
        return a < 256 && b < 256 && (bus.equals(Buses.BYTES) || KoalaBear.toCanonical(fields.get(2)) == (a & b));
    }
}
