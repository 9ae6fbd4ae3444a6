package dev.firesteel.riscv;

/** The rules of ELF loading ({@code docs/machine.md}, "Loading"), one constant per rule. */
public enum ElfError {
    /** The file is shorter than an ELF header. */
    TRUNCATED_HEADER("build a static RV64IM executable"),
    /** The first four bytes are not 7F 45 4C 46. */
    BAD_MAGIC("give the linked ELF file itself, not an archive, a raw binary or a compressed file"),
    /** EI_CLASS is not ELFCLASS64. */
    NOT_64_BIT("build for riscv64"),
    /** EI_DATA is not ELFDATA2LSB. */
    NOT_LITTLE_ENDIAN("build for little-endian riscv64"),
    /** EI_VERSION or e_version is not 1. */
    BAD_VERSION("use a linker that writes ELF version 1"),
    /** e_machine is not EM_RISCV. */
    NOT_RISCV("build for riscv64im-unknown-none-elf"),
    /** e_type is not ET_EXEC. */
    NOT_EXECUTABLE("link statically and without PIE (-static -no-pie), not with -c, -shared or -pie"),
    /** e_phentsize is not 56. */
    BAD_PROGRAM_HEADER_SIZE("use a linker that writes 64-bit program headers"),
    /** No program header at all. */
    NO_PROGRAM_HEADERS("link the object file into an executable"),
    /** More program headers than {@link ElfLoader#MAX_PROGRAM_HEADERS}. */
    TOO_MANY_PROGRAM_HEADERS("use the linker script of the guest SDK"),
    /** The program header table leaves the file. */
    PROGRAM_HEADERS_OUT_OF_FILE("the file is truncated or damaged; copy it again"),
    /** PT_INTERP or PT_DYNAMIC is present. */
    DYNAMIC("link statically (-static -no-pie)"),
    /** No PT_LOAD that occupies memory. */
    NO_LOADABLE_SEGMENT("link with the linker script of the guest SDK"),
    /** p_filesz is greater than p_memsz. */
    FILE_SIZE_EXCEEDS_MEMORY_SIZE("the file is damaged; build it again"),
    /** The segment's bytes leave the file. */
    SEGMENT_OUT_OF_FILE("the file is truncated or damaged; copy it again"),
    /** p_align is neither 0 nor a power of two. */
    BAD_ALIGNMENT("the file is damaged; build it again"),
    /** p_vaddr and p_offset differ modulo p_align. */
    MISALIGNED_SEGMENT("use the linker script of the guest SDK"),
    /** The segment does not lie below 2³². */
    SEGMENT_OUT_OF_ADDRESS_SPACE("link at 0x00100000 with -mcmodel=medany, as the guest SDK does"),
    /** The segment touches a guard, the input region or the stack. */
    SEGMENT_IN_RESERVED_REGION("link at 0x00100000, as the guest SDK does"),
    /** All segments together occupy more memory than {@link ElfLoader#MAX_IMAGE_BYTES}. */
    IMAGE_TOO_LARGE("make static arrays smaller or take them from the heap"),
    /** Executable segments occupy more memory than {@link ElfLoader#MAX_CODE_BYTES}. */
    CODE_TOO_LARGE("keep large tables out of the executable segment (.rodata in a segment of its own)"),
    /** A segment is both writable and executable. */
    WRITABLE_AND_EXECUTABLE("give code and data separate segments, as the guest SDK's linker script does"),
    /** Two segments share a byte. */
    OVERLAPPING_SEGMENTS("use the linker script of the guest SDK"),
    /** e_entry is no multiple of 4. */
    MISALIGNED_ENTRY("align _start to 4 bytes and build without compressed instructions"),
    /** e_entry lies in no executable segment. */
    ENTRY_NOT_EXECUTABLE("put _start in .text and name it with ENTRY(_start)");

    private final String hint;

    ElfError(String hint) {
        this.hint = hint;
    }

    /** What to do about it, one clause. */
    public String hint() {
        return hint;
    }
}
