package dev.firesteel.riscv.oracle;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Format;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Programs that execute one instruction family on corner operands and write every result with OUTPUT, together with the
 * values that {@link IsaReference} expects there, in order. {@link #folded} writes one number made of all results instead: output is
 * dear to verify.
 */
public final class CornerPrograms {
    /** What the k-th OUTPUT of eight bytes must be, and which case it was. */
    public record Expectation(String what, long value) {}

    public record Case(byte[] elf, List<Expectation> expected) {}

    private final Assembler asm = new Assembler();
    private final List<Expectation> expected = new ArrayList<>();

    private final long[] corners;
    private final boolean fold;

    private CornerPrograms(long[] corners, boolean fold) {
        this.corners = corners;
        this.fold = fold;
    }

    private static CornerPrograms whole() {
        return new CornerPrograms(Corners.LONGS, false);
    }

    /** All of the programs on fewer corners; each writes Σ 31^(n−1−k)·result k. */
    public static List<Case> folded() {
        return Stream.<Function<CornerPrograms, Case>>of(
                        CornerPrograms::registerRegister,
                        CornerPrograms::registerImmediate,
                        CornerPrograms::upperImmediate,
                        CornerPrograms::branches,
                        CornerPrograms::jumps)
                .map(program -> program.apply(new CornerPrograms(Corners.FEW, true)))
                .toList();
    }

    private static List<Op> ops(Format... formats) {
        return Arrays.stream(Op.values())
                .filter(op -> Arrays.asList(formats).contains(op.format()))
                .toList();
    }

    /** Sets up a1 and a7 for OUTPUT once; results are produced in a0. */
    private void begin() {
        asm.li(Reg.A1, 8);
        asm.li(Reg.A7, 256);
    }

    /** Takes the result in a0. */
    private void result() {
        if (fold) {
            asm.slli(Reg.S10, Reg.S11, 5);
            asm.sub(Reg.S11, Reg.S10, Reg.S11);
            asm.add(Reg.S11, Reg.S11, Reg.A0);
        } else {
            asm.ecall();
        }
    }

    private Case end() {
        if (fold) {
            asm.output(Reg.S11, 8);
            long sum = 0;
            for (Expectation e : expected) {
                sum = 31 * sum + e.value;
            }
            expected.clear();
            expected.add(new Expectation("all results", sum));
        }
        asm.halt(0);
        return new Case(asm.elf(), List.copyOf(expected));
    }

    /**
     * Every register-register instruction on each pair of corners, as {@code op rd, rs1, rs2} with distinct registers
     * and with every aliasing of them, and with x0 as source and destination. One loop over the pairs: it also gets hot.
     */
    public static Case registerRegister() {
        return registerRegister(whole());
    }

    private static Case registerRegister(CornerPrograms p) {
        Assembler asm = p.asm;
        long table = asm.dword(p.corners[0]);
        for (int i = 1; i < p.corners.length; i++) {
            asm.dword(p.corners[i]);
        }
        long end = table + 8L * p.corners.length;
        p.begin();
        asm.li(Reg.S2, end);
        asm.li(Reg.S0, table);
        Label outer = asm.here();
        asm.li(Reg.S1, table);
        Label inner = asm.here();
        asm.ld(Reg.T1, 0, Reg.S0);
        asm.ld(Reg.T2, 0, Reg.S1);
        for (Op op : ops(Format.R)) {
            asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
            p.result();
            asm.mv(Reg.A0, Reg.T1);
            asm.emit(op, Reg.A0, Reg.A0, Reg.T2, 0);
            p.result();
            asm.mv(Reg.A0, Reg.T2);
            asm.emit(op, Reg.A0, Reg.T1, Reg.A0, 0);
            p.result();
        }
        asm.addi(Reg.S1, Reg.S1, 8);
        Label done = asm.label();
        // The loop's body is longer than a branch reaches.
        asm.beq(Reg.S1, Reg.S2, done);
        asm.j(inner);
        asm.bind(done);
        for (Op op : ops(Format.R)) {
            asm.mv(Reg.A0, Reg.T1);
            asm.emit(op, Reg.A0, Reg.A0, Reg.A0, 0);
            p.result();
            asm.emit(op, Reg.A0, Reg.ZERO, Reg.T1, 0);
            p.result();
            asm.emit(op, Reg.A0, Reg.T1, Reg.ZERO, 0);
            p.result();
            asm.emit(op, Reg.ZERO, Reg.T1, Reg.T1, 0);
            asm.mv(Reg.A0, Reg.ZERO);
            p.result();
        }
        asm.addi(Reg.S0, Reg.S0, 8);
        Label finished = asm.label();
        asm.beq(Reg.S0, Reg.S2, finished);
        asm.j(outer);
        asm.bind(finished);
        for (long a : p.corners) {
            for (long b : p.corners) {
                for (Op op : ops(Format.R)) {
                    for (int alias = 0; alias < 3; alias++) {
                        p.expect(op, a, b);
                    }
                }
            }
            for (Op op : ops(Format.R)) {
                p.expect(op, a, a);
                p.expect(op, 0, a);
                p.expect(op, a, 0);
                p.expected.add(new Expectation(op.mnemonic() + " x0", 0));
            }
        }
        return p.end();
    }

    /** Every immediate instruction and shift on each corner with each corner immediate, rd = rs1 included. */
    public static Case registerImmediate() {
        return registerImmediate(whole());
    }

    private static Case registerImmediate(CornerPrograms p) {
        Assembler asm = p.asm;
        p.begin();
        for (Op op : ops(Format.I, Format.SHIFT32, Format.SHIFT64)) {
            if (op == Op.JALR) {
                continue;
            }
            for (long a : p.corners) {
                asm.li(Reg.T1, a);
                for (int imm : immediates(op)) {
                    asm.emit(op, Reg.A0, Reg.T1, 0, imm);
                    p.result();
                    p.expect(op, a, imm);
                }
                int imm = immediates(op)[1];
                asm.mv(Reg.A0, Reg.T1);
                asm.emit(op, Reg.A0, Reg.A0, 0, imm);
                p.result();
                p.expect(op, a, imm);
                asm.emit(op, Reg.ZERO, Reg.T1, 0, imm);
                asm.mv(Reg.A0, Reg.ZERO);
                p.result();
                p.expected.add(new Expectation(op.mnemonic() + " x0", 0));
            }
        }
        return p.end();
    }

    private static int[] immediates(Op op) {
        int shifts = op.format() == Format.SHIFT64 ? 64 : op.format() == Format.SHIFT32 ? 32 : 0;
        if (shifts == 0) {
            return Corners.IMM12;
        }
        int[] all = new int[shifts];
        for (int i = 0; i < shifts; i++) {
            all[i] = i;
        }
        return all;
    }

    /** LUI and AUIPC: sign extension of bit 31 to 64 bits, x0, and pc at several addresses. */
    public static Case upperImmediate() {
        return upperImmediate(whole());
    }

    private static Case upperImmediate(CornerPrograms p) {
        Assembler asm = p.asm;
        p.begin();
        for (int imm : Corners.IMM20) {
            asm.lui(Reg.A0, imm);
            p.result();
            p.expect(Op.LUI, 0, imm);
            long pc = asm.pc();
            asm.auipc(Reg.A0, imm);
            p.result();
            p.expect(Op.AUIPC, pc, imm);
            asm.lui(Reg.ZERO, imm);
            asm.auipc(Reg.ZERO, imm);
            asm.mv(Reg.A0, Reg.ZERO);
            p.result();
            p.expected.add(new Expectation("lui/auipc x0", 0));
        }
        return p.end();
    }

    /** Each branch on each pair: 1 when taken. Forward and, for the taken ones, over a trap. */
    public static Case branches() {
        return branches(whole());
    }

    private static Case branches(CornerPrograms p) {
        Assembler asm = p.asm;
        p.begin();
        for (long a : p.corners) {
            asm.li(Reg.T1, a);
            for (long b : p.corners) {
                asm.li(Reg.T2, b);
                for (Op op : ops(Format.BRANCH)) {
                    boolean taken = IsaReference.taken(op, a, b);
                    Label target = asm.label();
                    asm.li(Reg.A0, 1);
                    asm.emit(op, 0, Reg.T1, Reg.T2, target);
                    if (taken) {
                        asm.ebreak();
                    } else {
                        asm.li(Reg.A0, 0);
                    }
                    asm.bind(target);
                    p.result();
                    p.expected.add(new Expectation("%s %x,%x".formatted(op.mnemonic(), a, b), taken ? 1 : 0));
                }
            }
        }
        return p.end();
    }

    /** JAL and JALR: link value, low bit cleared, rd = rs1, rd = x0, negative offsets, backward jumps. */
    public static Case jumps() {
        return jumps(whole());
    }

    private static Case jumps(CornerPrograms p) {
        Assembler asm = p.asm;
        p.begin();
        for (int offset : new int[] {0, 1, 4, 5, -4, -3, 2047, -2048, -2047}) {
            for (int link : new int[] {Reg.RA, Reg.T1, Reg.ZERO}) {
                Label target = asm.label();
                // Two instructions load the target: its address is known only after them.
                long targetAddress = asm.pc() + 16;
                long base = targetAddress - (offset & ~1);
                long pc = asm.pc();
                asm.lui(Reg.T1, (int) (base + 0x800 >> 12));
                asm.addiw(Reg.T1, Reg.T1, (int) (base << 52 >> 52));
                asm.jalr(link, offset, Reg.T1);
                asm.ebreak();
                asm.bind(target);
                asm.mv(Reg.A0, link);
                p.result();
                p.expected.add(new Expectation("jalr link x" + link + " " + offset, link == Reg.ZERO ? 0 : pc + 12));
            }
        }
        Label back = asm.label();
        Label over = asm.label();
        Label out = asm.label();
        asm.j(over);
        asm.bind(back);
        asm.mv(Reg.A0, Reg.T2);
        p.result();
        asm.j(out);
        asm.bind(over);
        long link = asm.pc() + 4;
        asm.jal(Reg.T2, back);
        asm.ebreak();
        asm.bind(out);
        p.expected.add(new Expectation("jal backward", link));
        return p.end();
    }

    private void expect(Op op, long a, long b) {
        expected.add(new Expectation("%s %016x,%016x".formatted(op.mnemonic(), a, b), IsaReference.compute(op, a, b)));
    }
}
