package dev.firesteel.machine;

import dev.firesteel.air.ChipCodec;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.hash.Transcript;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.pcs.StackedLayout;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that a verifier has to know of a machine before it sees a proof: every shape that it uses comes from here, or is a height that it checks against
 * what is here. Immutable.
 */
public final class VerifyingKey {
    /** Longest encoded key, bytes. */
    public static final int MAX_BYTES = 64 << 20;

    /** The greatest bound of a table's height, as a power of two. */
    public static final int MAX_LOG_HEIGHT = 24;

    private static final byte[] MAGIC = "FSVK".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    private final SecurityPreset preset;
    private final Machine machine;
    private final int maxLogHeight;
    private final int[] preprocessedLogHeights;
    private final int[] preprocessedRoot;
    private final byte[] bytes;
    private final int[] digest;

    /**
     * @param maxLogHeight the most rows of a table are 2^maxLogHeight
     * @param preprocessedLogHeights per chip; −1 for chips without preprocessed columns, and for those whose preprocessed table has no rows
     * @param preprocessedRoot of the commitment to all preprocessed columns; no elements when there are none
     * @throws IllegalArgumentException when these do not fit each other
     */
    VerifyingKey(
            SecurityPreset preset,
            Machine machine,
            int maxLogHeight,
            int[] preprocessedLogHeights,
            int[] preprocessedRoot) {
        this.preset = preset;
        this.machine = machine;
        this.maxLogHeight = maxLogHeight;
        this.preprocessedLogHeights = preprocessedLogHeights.clone();
        this.preprocessedRoot = preprocessedRoot.clone();
        check();
        this.bytes = encode();
        Transcript hash = new Transcript("firesteel/key/2");
        hash.absorbBytes("key", bytes);
        this.digest = hash.sampleElements("digest", Sponge.DIGEST);
    }

    private void check() {
        require(maxLogHeight >= 0 && maxLogHeight <= MAX_LOG_HEIGHT, "a height of 2^" + maxLogHeight);
        require(preprocessedLogHeights.length == machine.chips().size(), "not one preprocessed height per chip");
        boolean any = false;
        for (int i = 0; i < preprocessedLogHeights.length; i++) {
            int logHeight = preprocessedLogHeights[i];
            ChipDescription chip = machine.chips().get(i);
            require(
                    logHeight >= -1 && logHeight <= maxLogHeight && (logHeight < 0 || chip.preprocessedWidth() > 0),
                    chip.name() + ": a preprocessed table of 2^" + logHeight + " rows");
            any |= logHeight >= 0;
        }
        int bits = Soundness.bits(preset, Soundness.shape(preset, machine, maxLogHeight));
        // A larger machine than the parameters were chosen for would be proved with less than the preset's name says.
        require(
                bits >= preset.bits(),
                preset.label() + " would be worth " + bits + " bits at heights of 2^" + maxLogHeight);
        require(preprocessedRoot.length == (any ? Sponge.DIGEST : 0), "a root of " + preprocessedRoot.length);
        for (int element : preprocessedRoot) {
            require(element >= 0 && element < KoalaBear.P, "a root that is no digest");
        }
        checkLayouts();
    }

    /**
     * Throws when a commitment to the key's tables cannot be. With all of them at their greatest height it can, and then with lower ones too: no heights
     * that a proof may have lead to anything but a refusal.
     */
    private void checkLayouts() {
        int[] greatest = new int[preprocessedLogHeights.length];
        for (int i = 0; i < greatest.length; i++) {
            boolean fixed = machine.chips().get(i).preprocessedWidth() > 0;
            greatest[i] = fixed ? preprocessedLogHeights[i] : maxLogHeight;
        }
        StackedLayout.of(Tables.preprocessed(machine, preprocessedLogHeights).shapes(), preset.opening());
        StackedLayout.of(Tables.boundary(machine, greatest).shapes(), preset.opening());
        StackedLayout.of(Tables.main(machine, greatest).shapes(), preset.opening());
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("verifying key: " + what);
        }
    }

    /** The parameters. */
    public SecurityPreset preset() {
        return preset;
    }

    /** The tables. */
    public Machine machine() {
        return machine;
    }

    /** A table has at most 2^maxLogHeight rows. */
    public int maxLogHeight() {
        return maxLogHeight;
    }

    /** log2 of the height of the chip's preprocessed table, −1 when it has none; a chip with one has that height in every proof. */
    public int preprocessedLogHeight(int chip) {
        return preprocessedLogHeights[chip];
    }

    /** {@link #preprocessedLogHeight} of all chips. */
    int[] preprocessedLogHeights() {
        return preprocessedLogHeights.clone();
    }

    /** The root of the commitment to all preprocessed columns; no elements when there are none. */
    public int[] preprocessedRoot() {
        return preprocessedRoot.clone();
    }

    /** The identity of the key: {@link Sponge#DIGEST} elements that depend on all of it. */
    public int[] digest() {
        return digest.clone();
    }

    /** The key as bytes; see docs/protocol.md. */
    public byte[] bytes() {
        return bytes.clone();
    }

    private byte[] encode() {
        try {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(encoded);
            out.write(MAGIC);
            out.writeShort(VERSION);
            name(out, preset.label());
            name(out, machine.name());
            out.writeByte(maxLogHeight);
            out.writeShort(machine.chips().size());
            for (int i = 0; i < preprocessedLogHeights.length; i++) {
                out.write(ChipCodec.bytes(machine.chips().get(i)));
                out.writeByte(preprocessedLogHeights[i]);
            }
            for (int element : preprocessedRoot) {
                out.writeInt(KoalaBear.toCanonical(element));
            }
            return encoded.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        require(bytes.length <= ChipCodec.MAX_NAME, "a name of " + bytes.length + " bytes");
        // What ASCII lacks would become a question mark: two machines would have one key.
        require(name.equals(new String(bytes, StandardCharsets.US_ASCII)), name + " is not ASCII");
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    /**
     * The key of {@code bytes}, of which a stranger may have made any.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static VerifyingKey read(byte[] bytes) {
        require(bytes.length <= MAX_BYTES, bytes.length + " bytes, more than " + MAX_BYTES);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            require(
                    Arrays.equals(magic, MAGIC),
                    "it does not begin with " + new String(MAGIC, StandardCharsets.US_ASCII));
            int version = in.getShort() & 0xFFFF;
            require(version == VERSION, "version " + version + ", this program reads " + VERSION);
            SecurityPreset preset = SecurityPreset.of(name(in));
            String machineName = name(in);
            int maxLogHeight = in.get();
            int chips = in.getShort() & 0xFFFF;
            require(chips <= Machine.MAX_CHIPS, chips + " chips, more than " + Machine.MAX_CHIPS);
            List<ChipDescription> descriptions = new ArrayList<>();
            int[] logHeights = new int[chips];
            boolean any = false;
            for (int i = 0; i < chips; i++) {
                descriptions.add(ChipCodec.read(in));
                logHeights[i] = in.get();
                any |= logHeights[i] >= 0;
            }
            int[] root = new int[any ? Sponge.DIGEST : 0];
            for (int i = 0; i < root.length; i++) {
                int number = in.getInt();
                require(number >= 0 && number < KoalaBear.P, "a root that is no digest");
                root[i] = KoalaBear.fromCanonical(number);
            }
            require(!in.hasRemaining(), in.remaining() + " bytes follow it");
            VerifyingKey key =
                    new VerifyingKey(preset, new Machine(machineName, descriptions), maxLogHeight, logHeights, root);
            // One key has one encoding, or its digest would not be its identity.
            require(Arrays.equals(key.bytes, bytes), "it is not encoded as keys are");
            return key;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("verifying key: it ends early", e);
        }
    }

    private static String name(ByteBuffer in) {
        byte[] name = new byte[in.get() & 0xFF];
        in.get(name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
