package dev.firesteel.riscv.asm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a program of one text and one data segment. Labels may be used before they are bound; a branch whose target
 * is out of reach is an error, never rewritten.
 */
public final class Assembler extends Instructions {
    /** Where the SDK links its guests; above Linux' {@code mmap_min_addr}, so that the same ELF also runs in qemu-user. */
    public static final long TEXT_BASE = 0x0010_0000L;
    /** The data segment's address when the text stays below 1 MiB. */
    public static final long DATA_BASE = 0x0020_0000L;

    private record Line(Op op, int rd, int rs1, int rs2, long imm, Label target) {}

    private final List<Line> lines = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final long textBase;
    private final long dataBase;
    private int extraZeroBytes;

    public Assembler() {
        this(TEXT_BASE, DATA_BASE);
    }

    public Assembler(long textBase, long dataBase) {
        this.textBase = textBase;
        this.dataBase = dataBase;
    }

    @Override
    protected void put(Op op, int rd, int rs1, int rs2, long imm, Label target) {
        lines.add(new Line(op, rd, rs1, rs2, imm, target));
    }

    /** Appends an instruction chosen at run time, with a numeric offset or immediate. */
    public void emit(Op op, int rd, int rs1, int rs2, long imm) {
        put(op, rd, rs1, rs2, imm, null);
    }

    /** Appends a branch or JAL chosen at run time. */
    public void emit(Op op, int rd, int rs1, int rs2, Label target) {
        put(op, rd, rs1, rs2, 0, target);
    }

    /** Appends any 32 bits, for words that are no instruction. */
    public void word(int bits) {
        put(null, 0, 0, 0, bits, null);
    }

    public Label label() {
        return new Label();
    }

    public void bind(Label label) {
        label.bind(pc());
    }

    /** A label bound here. */
    public Label here() {
        Label label = new Label();
        bind(label);
        return label;
    }

    /** The address of the next instruction. */
    public long pc() {
        return textBase + 4L * lines.size();
    }

    public int instructions() {
        return lines.size();
    }

    public void nop() {
        addi(0, 0, 0);
    }

    public void mv(int rd, int rs) {
        addi(rd, rs, 0);
    }

    public void j(Label target) {
        jal(Reg.ZERO, target);
    }

    public void ret() {
        jalr(Reg.ZERO, 0, Reg.RA);
    }

    /** The {@code li} pseudo-instruction: LUI and ADDIW for 32 bits, else shifts by 12 from the top. */
    public void li(int rd, long value) {
        if (value == (int) value) {
            int low = (int) value << 20 >> 20;
            int high = (int) ((value - low) >> 12) & 0xfffff;
            if (high != 0) {
                lui(rd, high);
            }
            if (low != 0 || high == 0) {
                if (high != 0) {
                    addiw(rd, rd, low);
                } else {
                    addi(rd, Reg.ZERO, low);
                }
            }
            return;
        }
        int low = (int) (value << 52 >> 52);
        // Wrapping is meant: for Long.MAX_VALUE the rest is 2^63, which the shift below brings back.
        long rest = (value - low) >> 12;
        int shift = 12 + Long.numberOfTrailingZeros(rest);
        li(rd, rest >> (shift - 12));
        slli(rd, rd, shift);
        if (low != 0) {
            addi(rd, rd, low);
        }
    }

    /** HALT with the exit code in {@code a0}. */
    public void halt() {
        li(Reg.A7, 93);
        ecall();
    }

    /** HALT with a constant exit code. */
    public void halt(int code) {
        li(Reg.A0, code);
        halt();
    }

    /** OUTPUT of the low {@code count} bytes of {@code rs}. Clobbers a0, a1, a7. */
    public void output(int rs, int count) {
        mv(Reg.A0, rs);
        li(Reg.A1, count);
        li(Reg.A7, 256);
        ecall();
    }

    /** Appends to the data segment; returns the address of the first byte. */
    public long data(byte[] bytes) {
        final long at = dataBase + data.size();
        data.writeBytes(bytes);
        return at;
    }

    /** Appends eight little-endian bytes to the data segment; returns their address. */
    public long dword(long value) {
        return data(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    /** The data segment's size in memory exceeds its size in the file by this much; the rest reads as zero. */
    public void zeroFill(int bytes) {
        extraZeroBytes += bytes;
    }

    public long dataBase() {
        return dataBase;
    }

    /** The instruction words, all labels resolved. */
    public int[] words() {
        int[] words = new int[lines.size()];
        for (int i = 0; i < words.length; i++) {
            Line line = lines.get(i);
            if (line.op == null) {
                words[i] = (int) line.imm;
                continue;
            }
            long imm = line.target == null ? line.imm : line.target.address() - (textBase + 4L * i);
            words[i] = line.op.encode(line.rd, line.rs1, line.rs2, imm);
        }
        return words;
    }

    /** The whole program; the entry is the first instruction. */
    public byte[] elf() {
        return new ElfImage(textBase, words(), dataBase, data.toByteArray(), extraZeroBytes).bytes();
    }
}
