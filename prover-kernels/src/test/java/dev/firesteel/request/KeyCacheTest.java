package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.asm.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second start finds: the key, if nothing at all has changed. */
class KeyCacheTest {
    private static final SecurityPreset PRESET = SecurityPreset.TEST_FAST;

    @TempDir
    private Path temporary;

    private final Parallel parallel = new Parallel(2);
    private final List<String> told = new ArrayList<>();
    private Path folder;
    private Program program;

    @BeforeEach
    void program() throws Exception {
        folder = temporary.resolve("made/when/needed");
        program = Program.load(ProvedRuns.everything().elf(), "everything");
    }

    @AfterEach
    void close() {
        parallel.close();
    }

    private KeyCache.Entry start(String codeVersion) {
        return new KeyCache(folder, codeVersion, told::add).get(program, PRESET, parallel);
    }

    private Path only() throws IOException {
        List<Path> files = files();
        assertEquals(1, files.size(), files.toString());
        return files.get(0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void theSecondStartHitsAndProvesTheSameBytes() throws Exception {
        KeyCache.Entry made = start("1");
        KeyCache.Entry read = start("1");
        assertFalse(made.hit());
        assertTrue(read.hit());
        assertEquals(List.of(), told);
        assertEquals(made.setup().programKey(), read.setup().programKey());
        List<Segment> segments = ProvedRuns.segments(program, ProvedRuns.input(3, 0), 12);
        byte[] proof = ProvedRuns.prove(made.setup(), segments, parallel);
        assertArrayEquals(proof, ProvedRuns.prove(read.setup(), segments, parallel));
        ProvedRuns.assertAccepted(made.setup().programKey(), RunProver.statement(segments), proof);
    }

    @Test
    void anotherCodeVersionPresetOrProgramMisses() throws Exception {
        start("1");
        assertFalse(start("2").hit());
        assertFalse(new KeyCache(folder, "1", told::add)
                .get(program, SecurityPreset.PROVABLE_100, parallel)
                .hit());
        Assembler other = ProvedRuns.everything();
        other.dword(1);
        program = Program.load(other.elf(), "another");
        assertFalse(start("1").hit());
        assertEquals(4, files().size());
        assertEquals(List.of(), told);
    }

    @Test
    void aFileUnderTheNameOfAnotherIsNotUsed() throws Exception {
        start("1");
        Path first = only();
        start("2");
        Path second = files().stream().filter(f -> !f.equals(first)).findFirst().orElseThrow();
        Files.copy(first, second, StandardCopyOption.REPLACE_EXISTING);
        assertFalse(start("2").hit());
        assertTold("it is of something else");
        assertTrue(start("2").hit(), "it was not made anew");
    }

    @Test
    void aChangedByteMissesWhereverItIs() throws Exception {
        start("1");
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        int[] places = {0, 5, 20, 200, good.length / 3, good.length / 2, good.length - 40, good.length - 1};
        for (int at : places) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            told.clear();
            assertFalse(start("1").hit(), "byte " + at);
            assertTold(file + ": not used, the key is made anew: ");
            assertArrayEquals(good, Files.readAllBytes(file), "byte " + at);
        }
    }

    @Test
    void aFileOfAnotherLengthMisses() throws Exception {
        start("1");
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 100, good.length / 2, good.length - 4, good.length - 1, good.length + 4}) {
            Files.write(file, Arrays.copyOf(good, length));
            told.clear();
            assertFalse(start("1").hit(), length + " bytes");
            assertTold(file + ": not used, the key is made anew: ");
        }
        assertTrue(start("1").hit());
    }

    private void assertTold(String part) {
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.get(0).contains(part), told.get(0));
    }

    @Test
    void twoWritersAtOnceLeaveOneWholeFile() throws Exception {
        try (Parallel both = new Parallel(2)) {
            both.forEach(2, (task, worker) -> {
                try (Parallel own = new Parallel(1)) {
                    new KeyCache(folder, "1", line -> {}).get(program, PRESET, own);
                }
            });
        }
        only();
        assertTrue(start("1").hit());
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAndChangesNothing() throws Exception {
        folder = Files.writeString(temporary.resolve("file"), "no folder");
        assertFalse(start("1").hit());
        assertTrue(told.get(told.size() - 1).contains("the key could not be kept"), told.toString());
    }

    @Test
    void whatWasNotUsedForLongestGoesFirstAndWhatWasAbandonedTogether() throws Exception {
        Files.createDirectories(folder);
        Instant old = Instant.now().minus(Duration.ofDays(1));
        for (int i = 0; i < KeyCache.KEPT; i++) {
            aged("other" + i + ".key", old.plusSeconds(i));
        }
        aged("killed.part", old);
        aged("fresh.part", Instant.now());
        aged("notes.txt", old);
        start("1");
        List<String> names =
                files().stream().map(f -> f.getFileName().toString()).toList();
        assertEquals(
                KeyCache.KEPT, names.stream().filter(n -> n.endsWith(".key")).count());
        assertFalse(names.contains("other0.key"));
        assertTrue(names.containsAll(List.of("other1.key", "fresh.part", "notes.txt")), names.toString());
        assertFalse(names.contains("killed.part"));
    }

    private void aged(String name, Instant used) throws IOException {
        Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), FileTime.from(used));
    }

    @Test
    void aBuildHasADigestOfItsClasses() {
        assertTrue(CodeDigest.current().matches("[0-9a-f]{64}"), CodeDigest.current());
    }
}
