package dev.firesteel.riscv;

import java.util.Arrays;

/**
 * One PT_LOAD segment: {@link #memorySize()} bytes of memory from {@link #address()}, the first {@link #fileSize()} of them
 * from the file, the others 0. Immutable.
 */
public final class ImageSegment {
    /** ELF flag of an executable segment. */
    public static final int EXECUTE = 1;
    /** ELF flag of a writable segment. */
    public static final int WRITE = 2;
    /** ELF flag of a readable segment. */
    public static final int READ = 4;

    private final long address;
    private final long memorySize;
    private final int flags;
    private final byte[] file;
    private final int offset;
    private final int fileSize;

    /** Takes a view of {@code file}, which must not change any more; the loader has checked all bounds. */
    ImageSegment(long address, long memorySize, int flags, byte[] file, int offset, int fileSize) {
        this.address = address;
        this.memorySize = memorySize;
        this.flags = flags;
        this.file = file;
        this.offset = offset;
        this.fileSize = fileSize;
    }

    /** First address. */
    public long address() {
        return address;
    }

    /** Bytes of memory, at least 1. */
    public long memorySize() {
        return memorySize;
    }

    /** First address behind the segment. */
    public long end() {
        return address + memorySize;
    }

    /** {@link #READ} | {@link #WRITE} | {@link #EXECUTE} as in the ELF, other bits dropped. */
    public int flags() {
        return flags;
    }

    /** Bytes that come from the file. */
    public int fileSize() {
        return fileSize;
    }

    /** Whether instructions may be fetched from it. */
    public boolean executable() {
        return (flags & EXECUTE) != 0;
    }

    /** The flags as {@code rwx} letters, a dash for each missing one. */
    public String flagText() {
        return ((flags & READ) != 0 ? "r" : "-") + ((flags & WRITE) != 0 ? "w" : "-") + (executable() ? "x" : "-");
    }

    /** A copy of the bytes that come from the file. */
    public byte[] fileBytes() {
        return Arrays.copyOfRange(file, offset, offset + fileSize);
    }

    /**
     * Copies what of the file's bytes falls into the window [{@code start}, {@code start} + {@code target.length}) to its place
     * in {@code target}. The zeros behind the file's bytes are not written.
     */
    public void copyInto(long start, byte[] target) {
        long from = Math.max(start, address);
        long to = Math.min(start + target.length, address + fileSize);
        if (from < to) {
            System.arraycopy(file, offset + (int) (from - address), target, (int) (from - start), (int) (to - from));
        }
    }
}
