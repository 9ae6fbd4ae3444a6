package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A loaded and decoded guest program. Immutable; one instance may serve any number of runs and threads. */
public final class Program {
    private static final String HASH_DOMAIN = "firesteel/program/1";

    private final String name;
    private final long entry;
    private final List<ImageSegment> segments;
    private final SymbolTable symbols;
    private final Code code;
    private final byte[] hash;

    private Program(String name, ElfLoader.Image image, SymbolTable symbols) {
        this.name = name;
        this.entry = image.entry();
        this.segments = image.segments();
        this.symbols = symbols;
        this.code = Code.decode(segments);
        this.hash = hash(image);
    }

    /**
     * Checks, loads and decodes an ELF ({@code docs/machine.md}, "Loading").
     *
     * @param elf the file's bytes; copied
     * @param name how messages and profiles call the program; does not enter the hash
     * @throws ElfException on any file that breaks a rule; nothing else is thrown for any bytes
     */
    public static Program load(byte[] elf, String name) throws ElfException {
        byte[] file = elf.clone();
        ElfLoader.Image image = ElfLoader.load(file);
        return new Program(name, image, ElfSymbols.read(file, image.segments()));
    }

    /**
     * SHA-256 over the loaded image: entry, then the segments by address with flags, memory size and bytes up to the last one
     * that is not 0. Section headers, symbols and where things lie in the file do not enter; neither does whether zeros are
     * stored in the file or filled in. A fresh copy of 32 bytes.
     */
    public byte[] hash() {
        return hash.clone();
    }

    /** {@link #hash()} as 64 lower-case hexadecimal digits. */
    public String hashHex() {
        return HexFormat.of().formatHex(hash);
    }

    /** The name given at loading. */
    public String name() {
        return name;
    }

    /** Address of the first instruction. */
    public long entry() {
        return entry;
    }

    /** The segments by address, empty ones left out. */
    public List<ImageSegment> segments() {
        return segments;
    }

    /** Function names, possibly none. */
    public SymbolTable symbols() {
        return symbols;
    }

    /** Instruction words in the executable segments, illegal ones included. */
    public int instructionCount() {
        return code.instructionCount();
    }

    /** Bytes of memory that the segments take. */
    public long imageBytes() {
        return segments.stream().mapToLong(ImageSegment::memorySize).sum();
    }

    /** The decoded instructions, for engines. */
    public Code code() {
        return code;
    }

    private static byte[] hash(ElfLoader.Image image) {
        MessageDigest digest = sha256();
        digest.update(HASH_DOMAIN.getBytes(StandardCharsets.US_ASCII));
        digest.update(littleEndian(12)
                .putLong(image.entry())
                .putInt(image.segments().size())
                .array());
        for (ImageSegment segment : image.segments()) {
            byte[] bytes = segment.fileBytes();
            int significant = bytes.length;
            while (significant > 0 && bytes[significant - 1] == 0) {
                significant--;
            }
            digest.update(littleEndian(28)
                    .putLong(segment.address())
                    .putInt(segment.flags())
                    .putLong(segment.memorySize())
                    .putLong(significant)
                    .array());
            digest.update(bytes, 0, significant);
        }
        return digest.digest();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
