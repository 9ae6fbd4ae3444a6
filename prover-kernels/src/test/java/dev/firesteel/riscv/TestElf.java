package dev.firesteel.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An ELF in memory of which every field can be set wrongly. */
final class TestElf {
    static final int R = 4;
    static final int W = 2;
    static final int X = 1;
    static final long TEXT = 0x10_0000L;
    /** addi a7, x0, 93; ecall: halts with exit code 0. */
    static final byte[] HALT = code(0x05D00893, 0x00000073);

    private static final int PAGE = 0x1000;

    static final class Header {
        int type = 1;
        int flags;
        long offset;
        long address;
        long fileSize;
        long memorySize;
        long align = PAGE;
        byte[] bytes = {};
    }

    private record Symbol(String name, long address, long size, int type) {}

    private final List<Header> headers = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Consumer<ByteBuffer>> patches = new ArrayList<>();
    private int nextOffset = PAGE;
    long entry = TEXT;

    /** One r-x segment that halts at once. */
    static TestElf minimal() {
        return new TestElf().segment(R | X, TEXT, HALT, HALT.length);
    }

    static byte[] code(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    TestElf segment(int flags, long address, byte[] bytes, long memorySize) {
        return segment(flags, address, bytes, memorySize, header -> {});
    }

    TestElf segment(int flags, long address, byte[] bytes, long memorySize, Consumer<Header> change) {
        Header header = new Header();
        header.flags = flags;
        header.offset = nextOffset + (address & PAGE - 1);
        header.address = address;
        header.fileSize = bytes.length;
        header.memorySize = memorySize;
        header.bytes = bytes;
        nextOffset = (int) (header.offset + bytes.length + PAGE - 1) / PAGE * PAGE;
        change.accept(header);
        headers.add(header);
        return this;
    }

    /** A program header of another type, or whatever {@code change} makes of it. */
    TestElf header(Consumer<Header> change) {
        Header header = new Header();
        change.accept(header);
        headers.add(header);
        return this;
    }

    TestElf symbol(String name, long address, long size, int type) {
        symbols.add(new Symbol(name, address, size, type));
        return this;
    }

    /** Changes bytes of the finished file. */
    TestElf patch(Consumer<ByteBuffer> change) {
        patches.add(change);
        return this;
    }

    TestElf entry(long address) {
        entry = address;
        return this;
    }

    byte[] bytes() {
        int symbolsAt = nextOffset;
        ByteBuffer strings = ByteBuffer.allocate(4096).put((byte) 0);
        ByteBuffer out = ByteBuffer.allocate(nextOffset + 64 * 1024).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        out.putShort((short) 2).putShort((short) 243).putInt(1).putLong(entry).putLong(64);
        out.putLong(0).putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) headers.size());
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        for (Header h : headers) {
            out.putInt(h.type)
                    .putInt(h.flags)
                    .putLong(h.offset)
                    .putLong(h.address)
                    .putLong(h.address);
            out.putLong(h.fileSize).putLong(h.memorySize).putLong(h.align);
        }
        for (Header h : headers) {
            if (h.bytes.length > 0 && h.offset > 0 && h.offset < nextOffset) {
                out.position((int) h.offset).put(h.bytes);
            }
        }
        int end = symbolsAt;
        if (!symbols.isEmpty()) {
            out.position(symbolsAt);
            for (Symbol s : symbols) {
                out.putInt(strings.position()).put((byte) s.type).put((byte) 0).putShort((short) 1);
                out.putLong(s.address).putLong(s.size);
                strings.put(s.name.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
            }
            int stringsAt = out.position();
            out.put(strings.array(), 0, strings.position());
            int sectionsAt = out.position();
            out.putLong(40, sectionsAt).putShort(60, (short) 3);
            section(out, sectionsAt, 0, 0, 0, 0);
            section(out, sectionsAt + 64, 2, symbolsAt, stringsAt - symbolsAt, 2);
            section(out, sectionsAt + 128, 3, stringsAt, strings.position(), 0);
            end = sectionsAt + 192;
        }
        byte[] file = java.util.Arrays.copyOf(out.array(), end);
        ByteBuffer view = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        patches.forEach(p -> p.accept(view));
        return file;
    }

    private static void section(ByteBuffer out, int at, int type, long offset, long size, int link) {
        out.putInt(at + 4, type).putLong(at + 24, offset).putLong(at + 32, size).putInt(at + 40, link);
    }
}
