package dev.firesteel.riscv.oracle;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Format;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A random program that ends: straight-line code, forward branches and jumps, counted loops, calls; all instructions
 * but EBREAK, corner-biased values. Loads and stores stay in a data segment that spans a 64 KiB page boundary.
 *
 * <p>Every register but the ones below is set first and free for all instructions, so nothing depends on what a
 * loader leaves in them.
 */
public final class RandomProgram {
    /** Points into the first page of data; offsets of 12 bits stay inside. */
    private static final int LOW = Reg.S0;
    /** Points at the boundary of two 64 KiB pages. */
    private static final int BOUNDARY = Reg.S1;

    private static final int COUNTER = Reg.S2;
    private static final int INNER_COUNTER = Reg.S3;
    private static final int LINK = Reg.RA;
    private static final int ADDRESS = Reg.S4;

    private static final int[] FREE = free();
    private static final Op[] R_TYPE = ops(f -> f == Format.R);
    private static final Op[] IMMEDIATE = ops(f -> f == Format.I || f == Format.SHIFT64 || f == Format.SHIFT32);
    private static final Op[] LOADS = ops(f -> f == Format.LOAD);
    private static final Op[] STORES = ops(f -> f == Format.STORE);
    private static final Op[] BRANCHES = ops(f -> f == Format.BRANCH);

    private final SplittableRandom random;
    private final Assembler asm = new Assembler();
    private final int iterations;
    private final boolean callsInLoops;
    private Label function;

    private RandomProgram(long seed, int iterations, boolean callsInLoops) {
        this.random = new SplittableRandom(seed);
        this.iterations = iterations;
        this.callsInLoops = callsInLoops;
    }

    /**
     * Generates a program.
     *
     * @param length about how many instructions the body has
     * @param iterations the most iterations of a loop
     * @param dump whether all registers are written with OUTPUT at the end (a call that only the machine knows)
     */
    public static Assembler generate(long seed, int length, int iterations, boolean dump) {
        RandomProgram program = new RandomProgram(seed, iterations, false);
        program.build(length, dump);
        return program.asm;
    }

    /** Generates a program that writes all registers at the end and whose loops call, fence and write output too, so that no instruction is rare. */
    public static Assembler ofAllFamilies(long seed, int length, int iterations) {
        RandomProgram program = new RandomProgram(seed, iterations, true);
        program.build(length, true);
        return program.asm;
    }

    private static int[] free() {
        List<Integer> reserved = List.of(0, LINK, LOW, BOUNDARY, COUNTER, INNER_COUNTER, ADDRESS);
        int[] all = new int[32 - reserved.size()];
        int n = 0;
        for (int r = 0; r < 32; r++) {
            if (!reserved.contains(r)) {
                all[n++] = r;
            }
        }
        return all;
    }

    private static Op[] ops(Predicate<Format> of) {
        return Arrays.stream(Op.values())
                .filter(op -> of.test(op.format()) && op != Op.JALR)
                .toArray(Op[]::new);
    }

    private void build(int length, boolean dump) {
        byte[] initial = new byte[4096];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (byte) random.nextInt();
        }
        asm.data(initial);
        asm.zeroFill(0x12000);
        Label start = asm.label();
        asm.j(start);
        function = asm.here();
        straight(3 + random.nextInt(6), false);
        asm.ret();
        asm.bind(start);
        for (int r : FREE) {
            asm.li(r, Corners.pick(random));
        }
        asm.li(LINK, 0);
        asm.li(LOW, Assembler.DATA_BASE + 2048);
        asm.li(BOUNDARY, Assembler.DATA_BASE + 0x10000);
        asm.li(COUNTER, 0);
        asm.li(INNER_COUNTER, 0);
        asm.li(ADDRESS, 0);
        int end = asm.instructions() + length;
        while (asm.instructions() < end) {
            construct();
        }
        if (dump) {
            dumpRegisters();
        }
        asm.halt(random.nextInt(2));
    }

    private void construct() {
        switch (random.nextInt(9)) {
            case 0 -> skip();
            case 8 -> burst();
            case 1 ->
                loop(COUNTER, iterations, () -> {
                    straight(1 + random.nextInt(6), false);
                    if (callsInLoops) {
                        calls();
                    }
                    if (random.nextInt(2) == 0) {
                        loop(INNER_COUNTER, Math.min(iterations, 12), () -> straight(1 + random.nextInt(6), true));
                    }
                    skip();
                });
            case 2 -> asm.jal(LINK, function);
            case 3 -> callThroughRegister();
            default -> straight(1 + random.nextInt(10), true);
        }
    }

    private void callThroughRegister() {
        // With the low bit set: JALR clears it.
        int offset = random.nextInt(-2048, 2048) & ~1;
        asm.li(LINK, function.address() - offset);
        asm.jalr(LINK, offset | 1, LINK);
    }

    private void calls() {
        switch (random.nextInt(4)) {
            case 0 -> asm.jal(LINK, function);
            case 1 -> callThroughRegister();
            case 2 -> asm.output(anySource(), 1 + random.nextInt(8));
            default -> asm.emit(Op.AUIPC, anyDestination(), 0, 0, Corners.IMM20[random.nextInt(8)]);
        }
        asm.fence();
    }

    private void loop(int counter, int most, Runnable body) {
        asm.li(counter, 1 + random.nextInt(most));
        Label top = asm.here();
        body.run();
        asm.addi(counter, counter, -1);
        asm.bne(counter, Reg.ZERO, top);
    }

    private void skip() {
        Label over = asm.label();
        if (random.nextInt(5) == 0) {
            asm.jal(random.nextInt(2) == 0 ? Reg.ZERO : anyDestination(), over);
        } else {
            Op branch = BRANCHES[random.nextInt(BRANCHES.length)];
            asm.emit(branch, 0, anySource(), anySource(), over);
        }
        straight(1 + random.nextInt(5), true);
        asm.bind(over);
    }

    private void straight(int count, boolean refresh) {
        for (int i = 0; i < count; i++) {
            one(refresh);
        }
    }

    private void one(boolean refresh) {
        int rd = anyDestination();
        switch (random.nextInt(refresh ? 14 : 13)) {
            case 0, 1, 2, 3, 4 -> asm.emit(R_TYPE[random.nextInt(R_TYPE.length)], rd, anySource(), anySource(), 0);
            case 5, 6, 7 -> immediate(rd);
            case 8, 9 -> memory(rd);
            case 10 -> indexed(rd);
            case 11 -> asm.emit(random.nextBoolean() ? Op.LUI : Op.AUIPC, rd, 0, 0, Corners.IMM20[random.nextInt(8)]);
            case 12 -> {
                // Adjacent instructions on the same registers, as compilers emit and as W forms need.
                int r = FREE[random.nextInt(FREE.length)];
                asm.emit(R_TYPE[random.nextInt(R_TYPE.length)], r, r, r, 0);
                if (random.nextInt(10) == 0) {
                    asm.fence();
                }
            }
            default -> asm.li(rd == 0 ? Reg.T0 : rd, Corners.pick(random));
        }
    }

    private void immediate(int rd) {
        Op op = IMMEDIATE[random.nextInt(IMMEDIATE.length)];
        int imm =
                switch (op.format()) {
                    case SHIFT64 -> random.nextInt(64);
                    case SHIFT32 -> random.nextInt(32);
                    default -> Corners.imm12(random);
                };
        asm.emit(op, rd, anySource(), 0, imm);
    }

    private void memory(int rd) {
        int base = random.nextBoolean() ? LOW : BOUNDARY;
        // Close to the boundary, so that words and pages are crossed often; at any misalignment.
        int offset = random.nextBoolean() ? random.nextInt(-8, 8) : random.nextInt(-2048, 2040);
        if (random.nextBoolean()) {
            asm.emit(LOADS[random.nextInt(LOADS.length)], rd, base, 0, offset);
        } else {
            asm.emit(STORES[random.nextInt(STORES.length)], 0, base, anySource(), offset);
        }
    }

    /** An address computed from data. */
    private void indexed(int rd) {
        asm.andi(ADDRESS, anySource(), 0x7f8 | random.nextInt(8));
        asm.add(ADDRESS, ADDRESS, random.nextBoolean() ? LOW : BOUNDARY);
        if (random.nextBoolean()) {
            asm.emit(LOADS[random.nextInt(LOADS.length)], rd, ADDRESS, 0, random.nextInt(-8, 8));
        } else {
            asm.emit(STORES[random.nextInt(STORES.length)], 0, ADDRESS, anySource(), random.nextInt(-8, 8));
        }
    }

    /** Several accesses on one base, as function prologues and structures have them; the last one may overwrite the base. */
    private void burst() {
        int base = random.nextBoolean() ? ADDRESS : random.nextBoolean() ? LOW : BOUNDARY;
        if (base == ADDRESS) {
            int align = random.nextInt(3) == 0 ? random.nextInt(8) : 0;
            asm.andi(ADDRESS, anySource(), 0x7f8 | align);
            asm.add(ADDRESS, ADDRESS, random.nextBoolean() ? LOW : BOUNDARY);
        }
        int near = random.nextBoolean() ? 40 : 1000;
        for (int n = 3 + random.nextInt(6); n > 0; n--) {
            int size = 1 << random.nextInt(4);
            int offset = random.nextInt(-near, near) & (random.nextInt(8) == 0 ? -1 : -size);
            if (random.nextBoolean()) {
                asm.emit(LOADS[random.nextInt(LOADS.length)], anyDestination(), base, 0, offset);
            } else {
                asm.emit(STORES[random.nextInt(STORES.length)], 0, base, anySource(), offset);
            }
        }
        if (base == ADDRESS && random.nextBoolean()) {
            asm.ld(ADDRESS, 8 * random.nextInt(4), ADDRESS);
        }
    }

    private void dumpRegisters() {
        for (int r = 1; r < 32; r++) {
            asm.sd(r, -8 * r, BOUNDARY);
        }
        asm.li(Reg.A1, 8);
        asm.li(Reg.A7, 256);
        for (int r = 1; r < 32; r++) {
            asm.ld(Reg.A0, -8 * r, BOUNDARY);
            asm.ecall();
        }
    }

    private int anySource() {
        return random.nextInt(12) == 0 ? random.nextInt(32) : FREE[random.nextInt(FREE.length)];
    }

    private int anyDestination() {
        return random.nextInt(20) == 0 ? Reg.ZERO : FREE[random.nextInt(FREE.length)];
    }
}
