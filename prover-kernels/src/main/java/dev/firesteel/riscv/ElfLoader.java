package dev.firesteel.riscv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks every rule of {@code docs/machine.md}, "Loading", and finds the segments. Nothing is allocated by a size that the file
 * states before that size was checked. Source: System V ABI, chapters 4 and 5; RISC-V ELF psABI.
 */
final class ElfLoader {
    /** The most program headers. */
    static final int MAX_PROGRAM_HEADERS = 64;
    /** The most bytes of memory of all segments together. */
    static final long MAX_IMAGE_BYTES = 1L << 30;
    /** The most bytes of memory of all executable segments together: decoded, they take five times that. */
    static final long MAX_CODE_BYTES = 1L << 25;

    private static final int HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int MACHINE_RISCV = 243;
    private static final int TYPE_EXECUTABLE = 2;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;

    /** What the loader found: entry and segments sorted by address. */
    record Image(long entry, List<ImageSegment> segments) {}

    private final byte[] file;
    private final ByteBuffer elf;

    private ElfLoader(byte[] file) {
        this.file = file;
        this.elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Loads {@code file}, which must not change any more. */
    static Image load(byte[] file) throws ElfException {
        return new ElfLoader(file).load();
    }

    private Image load() throws ElfException {
        checkHeader();
        List<ImageSegment> segments = readSegments();
        checkTogether(segments);
        long entry = elf.getLong(24);
        if ((entry & 3) != 0) {
            throw new ElfException(ElfError.MISALIGNED_ENTRY, "the entry is " + hex(entry));
        }
        boolean executable = segments.stream()
                .anyMatch(s -> s.executable() && entry >= s.address() && entry - s.address() <= s.memorySize() - 4);
        if (!executable) {
            throw new ElfException(ElfError.ENTRY_NOT_EXECUTABLE, "the entry is " + hex(entry));
        }
        return new Image(entry, List.copyOf(segments));
    }

    private void checkHeader() throws ElfException {
        if (file.length >= 4 && elf.getInt(0) != 0x464C457F) {
            throw new ElfException(ElfError.BAD_MAGIC, "the file starts with " + hex(elf.getInt(0) & 0xFFFF_FFFFL));
        }
        if (file.length < HEADER_BYTES) {
            throw new ElfException(
                    ElfError.TRUNCATED_HEADER, "the file has " + file.length + " bytes, an ELF header has 64");
        }
        require(elf.get(4) == 2, ElfError.NOT_64_BIT, "EI_CLASS is " + elf.get(4));
        require(elf.get(5) == 1, ElfError.NOT_LITTLE_ENDIAN, "EI_DATA is " + elf.get(5));
        require(elf.get(6) == 1, ElfError.BAD_VERSION, "EI_VERSION is " + elf.get(6));
        int machine = elf.getShort(18) & 0xFFFF;
        require(machine == MACHINE_RISCV, ElfError.NOT_RISCV, "e_machine is " + machine + ", RISC-V is 243");
        int type = elf.getShort(16) & 0xFFFF;
        require(
                type == TYPE_EXECUTABLE,
                ElfError.NOT_EXECUTABLE,
                "e_type is " + type + ", a static executable's is 2 (ET_EXEC)");
        int version = elf.getInt(20);
        require(version == 1, ElfError.BAD_VERSION, "e_version is " + version);
    }

    private List<ImageSegment> readSegments() throws ElfException {
        int count = elf.getShort(56) & 0xFFFF;
        require(count != 0, ElfError.NO_PROGRAM_HEADERS, "e_phnum is 0");
        require(
                count <= MAX_PROGRAM_HEADERS,
                ElfError.TOO_MANY_PROGRAM_HEADERS,
                "e_phnum is " + count + ", at most " + MAX_PROGRAM_HEADERS + " are accepted");
        int entrySize = elf.getShort(54) & 0xFFFF;
        require(entrySize == PROGRAM_HEADER_BYTES, ElfError.BAD_PROGRAM_HEADER_SIZE, "e_phentsize is " + entrySize);
        long table = elf.getLong(32);
        long tableBytes = (long) count * PROGRAM_HEADER_BYTES;
        require(
                table >= 0 && table <= file.length - tableBytes,
                ElfError.PROGRAM_HEADERS_OUT_OF_FILE,
                count + " headers at offset " + hex(table) + " in a file of " + file.length + " bytes");
        List<ImageSegment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = (int) table + i * PROGRAM_HEADER_BYTES;
            int type = elf.getInt(at);
            require(
                    type != PT_INTERP && type != PT_DYNAMIC,
                    ElfError.DYNAMIC,
                    "program header " + i + " is " + (type == PT_INTERP ? "PT_INTERP" : "PT_DYNAMIC"));
            // GNU ld may emit an empty PT_LOAD at 0: skipped before anything else of it is looked at.
            if (type == PT_LOAD && elf.getLong(at + 40) != 0) {
                segments.add(readSegment(i, at));
            }
        }
        require(!segments.isEmpty(), ElfError.NO_LOADABLE_SEGMENT, "no PT_LOAD with a memory size above 0");
        segments.sort(Comparator.comparingLong(ImageSegment::address));
        return segments;
    }

    private ImageSegment readSegment(int index, int at) throws ElfException {
        int flags = elf.getInt(at + 4) & (ImageSegment.READ | ImageSegment.WRITE | ImageSegment.EXECUTE);
        long offset = elf.getLong(at + 8);
        long address = elf.getLong(at + 16);
        long fileSize = elf.getLong(at + 32);
        long memorySize = elf.getLong(at + 40);
        long align = elf.getLong(at + 48);
        String name = "segment " + index + " ";
        require(
                Long.compareUnsigned(fileSize, memorySize) <= 0,
                ElfError.FILE_SIZE_EXCEEDS_MEMORY_SIZE,
                name + "has p_filesz " + hex(fileSize) + " and p_memsz " + hex(memorySize));
        require(
                offset >= 0 && fileSize >= 0 && fileSize <= file.length && offset <= file.length - fileSize,
                ElfError.SEGMENT_OUT_OF_FILE,
                name + "takes " + hex(fileSize) + " bytes at offset " + hex(offset) + " of a file of " + file.length);
        require(align == 0 || Long.bitCount(align) == 1, ElfError.BAD_ALIGNMENT, name + "has p_align " + hex(align));
        require(
                align == 0 || ((address - offset) & (align - 1)) == 0,
                ElfError.MISALIGNED_SEGMENT,
                name + "has p_vaddr " + hex(address) + ", p_offset " + hex(offset) + ", p_align " + hex(align));
        require(
                address >= 0
                        && address < AddressSpace.END
                        && memorySize > 0
                        && memorySize <= AddressSpace.END - address,
                ElfError.SEGMENT_OUT_OF_ADDRESS_SPACE,
                name + "is " + hex(memorySize) + " bytes at " + hex(address));
        long end = address + memorySize;
        require(
                address >= AddressSpace.NULL_GUARD_END
                        && (end <= AddressSpace.INPUT_START || address >= AddressSpace.STACK_TOP),
                ElfError.SEGMENT_IN_RESERVED_REGION,
                name + "is [" + hex(address) + ", " + hex(end) + ")");
        require(
                (flags & ImageSegment.WRITE) == 0 || (flags & ImageSegment.EXECUTE) == 0,
                ElfError.WRITABLE_AND_EXECUTABLE,
                name + "at " + hex(address));
        return new ImageSegment(address, memorySize, flags, file, (int) offset, (int) fileSize);
    }

    private static void checkTogether(List<ImageSegment> segments) throws ElfException {
        long image = 0;
        long code = 0;
        ImageSegment before = null;
        for (ImageSegment segment : segments) {
            // At most 64 summands below 2³²: no overflow.
            image += segment.memorySize();
            code += segment.executable() ? segment.memorySize() : 0;
            if (before != null && before.end() > segment.address()) {
                throw new ElfException(
                        ElfError.OVERLAPPING_SEGMENTS,
                        "[" + hex(before.address()) + ", " + hex(before.end()) + ") and [" + hex(segment.address())
                                + ", " + hex(segment.end()) + ")");
            }
            before = segment;
        }
        require(
                image <= MAX_IMAGE_BYTES,
                ElfError.IMAGE_TOO_LARGE,
                "segments take " + image + " bytes, at most " + MAX_IMAGE_BYTES + " are accepted");
        require(
                code <= MAX_CODE_BYTES,
                ElfError.CODE_TOO_LARGE,
                "executable segments take " + code + " bytes, at most " + MAX_CODE_BYTES + " are accepted");
    }

    private static void require(boolean condition, ElfError error, String found) throws ElfException {
        if (!condition) {
            throw new ElfException(error, found);
        }
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
