package dev.firesteel.request;

import dev.firesteel.air.ChipCodec;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.hash.Sponge;
import dev.firesteel.hash.Transcript;
import dev.firesteel.machine.VerifyingKey;
import dev.firesteel.riscv.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a verifier has of a program: the key of its tables, where it starts, and its hash. A verifier that has the program makes it anew and compares; one that has not must have
 * it from somebody whom it trusts. Immutable.
 */
public final class ProgramKey {
    private static final byte[] MAGIC = "FSPK".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + Short.BYTES + HASH_BYTES + Long.BYTES;

    private final byte[] programHash;
    private final long entry;
    private final VerifyingKey tables;
    private final int[] digest;

    /**
     * @param programHash {@link dev.firesteel.riscv.Program#hash}
     * @param entry address of the first instruction
     * @param tables the key of the program's tables
     * @throws IllegalArgumentException when these are not those of a RISC-V program
     */
    ProgramKey(byte[] programHash, long entry, VerifyingKey tables) {
        require(programHash.length == HASH_BYTES, "a program hash of " + programHash.length + " bytes");
        require(entry >= 0 && entry < AddressSpace.END && (entry & 3) == 0, "an entry at " + entry);
        List<ChipDescription> chips = RiscvTables.descriptions();
        List<ChipDescription> found = tables.machine().chips();
        require(chips.size() == found.size(), found.size() + " tables, not " + chips.size());
        for (int i = 0; i < chips.size(); i++) {
            // Otherwise a key with weaker tables would make false proofs verify.
            require(
                    Arrays.equals(ChipCodec.bytes(chips.get(i)), ChipCodec.bytes(found.get(i))),
                    "its table " + found.get(i).name() + " is not this version's");
        }
        this.programHash = programHash.clone();
        this.entry = entry;
        this.tables = tables;
        Transcript hash = new Transcript("firesteel/program-key/1");
        hash.absorbBytes("program hash", programHash);
        hash.absorbNumbers("entry", (int) (entry & 0xFFFF), (int) (entry >>> 16));
        hash.absorb("tables", tables.digest());
        this.digest = hash.sampleElements("digest", Sponge.DIGEST);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("program key: " + what);
        }
    }

    /** {@link dev.firesteel.riscv.Program#hash}; a fresh copy. */
    public byte[] programHash() {
        return programHash.clone();
    }

    /** {@link #programHash} in hexadecimal. */
    public String programHashHex() {
        return HexFormat.of().formatHex(programHash);
    }

    /** Address of the first instruction. */
    public long entry() {
        return entry;
    }

    /** The key of the program's tables. */
    public VerifyingKey tables() {
        return tables;
    }

    /** The identity of the key: {@link Sponge#DIGEST} elements that depend on all of it. */
    public int[] digest() {
        return digest.clone();
    }

    /** The key as bytes; see docs/core-proof.md. */
    public byte[] bytes() {
        byte[] encoded = tables.bytes();
        return ByteBuffer.allocate(HEADER_BYTES + encoded.length)
                .order(ByteOrder.BIG_ENDIAN)
                .put(MAGIC)
                .putShort((short) VERSION)
                .put(programHash)
                .putLong(entry)
                .put(encoded)
                .array();
    }

    /**
     * The key of {@code bytes}, of which a stranger may have made any.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static ProgramKey read(byte[] bytes) {
        require(bytes.length >= HEADER_BYTES, "it ends early");
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        require(Arrays.equals(magic, MAGIC), "it does not begin with " + new String(MAGIC, StandardCharsets.US_ASCII));
        int version = in.getShort() & 0xFFFF;
        require(version == VERSION, "version " + version + ", this program reads " + VERSION);
        byte[] hash = new byte[HASH_BYTES];
        in.get(hash);
        long entry = in.getLong();
        return new ProgramKey(hash, entry, VerifyingKey.read(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgramKey key && Arrays.equals(bytes(), key.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }
}
