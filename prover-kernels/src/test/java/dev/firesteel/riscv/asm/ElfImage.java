package dev.firesteel.riscv.asm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest static RISC-V ELF that both the machine and Linux load: one R-X and one RW PT_LOAD, no sections (System
 * V gABI, chapters 4 and 5).
 *
 * @param text instruction words, entry first
 * @param zeroFill bytes of the data segment beyond those in the file
 */
public record ElfImage(long textBase, int[] text, long dataBase, byte[] data, int zeroFill) {
    private static final int PAGE = 4096;
    private static final int EHDR = 64;
    private static final int PHDR = 56;

    public byte[] bytes() {
        int textSize = 4 * text.length;
        int textAt = PAGE;
        // Linux maps whole pages: offset and address must agree modulo the page size.
        int dataAt = textAt + (textSize + PAGE - 1) / PAGE * PAGE;
        boolean hasData = data.length + zeroFill > 0;
        ByteBuffer out = ByteBuffer.allocate(dataAt + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 2).putShort((short) 243).putInt(1); // ET_EXEC, EM_RISCV
        out.putLong(textBase).putLong(EHDR).putLong(0).putInt(0);
        out.putShort((short) EHDR).putShort((short) PHDR).putShort((short) (hasData ? 2 : 1));
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        segment(out, 5, textAt, textBase, textSize, textSize);
        if (hasData) {
            segment(out, 6, dataAt, dataBase, data.length, data.length + zeroFill);
        }
        out.position(textAt);
        for (int word : text) {
            out.putInt(word);
        }
        out.position(dataAt);
        out.put(data);
        return out.array();
    }

    private static void segment(ByteBuffer out, int flags, long offset, long address, long inFile, long inMemory) {
        out.putInt(1).putInt(flags).putLong(offset).putLong(address).putLong(address);
        out.putLong(inFile).putLong(inMemory).putLong(PAGE);
    }
}
