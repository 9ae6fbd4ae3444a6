package dev.firesteel.request;

import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keys of programs in files of a local folder, so that the next process need not make them again. An entry is found by program hash, preset, greatest height and code version; whatever
 * is wrong with one, it is made anew and the user is told. Any number of processes may use a folder at once: files appear whole, under their name, or not at all.
 *
 * <p>A hash at the end of a file finds damage, not malice: who can write to the folder can make a prover fail, or make it put out the key of another program. Use a folder of one's own.
 */
public final class KeyCache {
    /** Files that are kept; those that were not used for longest go first. */
    static final int KEPT = 32;

    private static final String SUFFIX = ".key";
    private static final String PART = ".part";
    /** Nobody writes for so long: whoever began it was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final int SHOWN_DIGITS = 16;

    private final Path folder;
    private final String codeVersion;
    private final Consumer<String> told;

    /**
     * Keys of a program.
     *
     * @param hit whether they came from the folder
     */
    public record Entry(ProgramSetup setup, boolean hit) {}

    KeyCache(Path folder, String codeVersion, Consumer<String> told) {
        this.folder = folder;
        this.codeVersion = codeVersion;
        this.told = told;
    }

    /**
     * The keys that this build of the library has put into a folder, or will.
     *
     * @param folder made when there is none
     * @param told takes a line on whatever went wrong; nothing of it prevents that keys are made
     */
    public static KeyCache in(Path folder, Consumer<String> told) {
        return new KeyCache(folder, CodeDigest.current(), told);
    }

    /** {@link #get(Program, SecurityPreset, int, Parallel)} for segments of at most 2^20 cycles. */
    public Entry get(Program program, SecurityPreset preset, Parallel parallel) {
        return get(program, preset, ProgramSetup.DEFAULT_LOG_HEIGHT, parallel);
    }

    /**
     * The keys that {@link ProgramSetup#of} makes.
     *
     * @param parallel threads to make them with
     * @throws IllegalArgumentException when there are none
     */
    Entry get(Program program, SecurityPreset preset, int maxLogHeight, Parallel parallel) {
        if (codeVersion == null) {
            told.accept(folder + ": not used, the build of this program cannot be told from others");
            return new Entry(ProgramSetup.of(program, preset, maxLogHeight, parallel), false);
        }
        String name = String.join(
                "\n", "firesteel key", program.hashHex(), preset.label(), Integer.toString(maxLogHeight), codeVersion);
        Path file = file(program, preset, name);
        ProgramSetup read = read(file, name, program, preset, maxLogHeight);
        if (read != null) {
            return new Entry(read, true);
        }
        ProgramSetup made = ProgramSetup.of(program, preset, maxLogHeight, parallel);
        write(file, name, made);
        return new Entry(made, false);
    }

    private Path file(Program program, SecurityPreset preset, String name) {
        return folder.resolve(
                program.hashHex().substring(0, SHOWN_DIGITS) + "-" + preset.label() + "-" + digest(name) + SUFFIX);
    }

    private static String digest(String name) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(name.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 2 * SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null when there is none that can be used. */
    private ProgramSetup read(Path file, String name, Program program, SecurityPreset preset, int maxLogHeight) {
        try {
            ProgramSetup setup =
                    KeyFile.read(file, name, arrays -> ProgramSetup.restore(program, preset, maxLogHeight, arrays));
            used(file);
            return setup;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException e) {
            told.accept(file + ": not used, the key is made anew: " + e.getMessage());
            return null;
        }
    }

    private static void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return; // a folder that is only read: whoever writes it decides what goes
        }
    }

    private void write(Path file, String name, ProgramSetup setup) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "", PART);
            try {
                KeyFile.write(part, name, setup::store);
                move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
            forget();
        } catch (IOException e) {
            told.accept(folder + ": the key could not be kept, the next start makes it again: " + e.getMessage());
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void forget() throws IOException {
        record Aged(Path file, Instant used) {}
        List<Aged> keys = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(SUFFIX) && !name.endsWith(PART)) {
                    continue;
                }
                try {
                    Aged aged = new Aged(file, Files.getLastModifiedTime(file).toInstant());
                    if (name.endsWith(SUFFIX)) {
                        keys.add(aged);
                    } else if (aged.used.isBefore(Instant.now().minus(ABANDONED))) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException e) {
                    continue; // another process was faster
                }
            }
        }
        keys.sort(Comparator.comparing(Aged::used).reversed());
        for (Aged old : keys.subList(Math.min(KEPT, keys.size()), keys.size())) {
            Files.deleteIfExists(old.file);
        }
    }
}
