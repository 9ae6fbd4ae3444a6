package dev.firesteel.jobs.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path folder;

    @Test
    void makesTheFolderWithItsParentsAndLeavesNothingBeside() throws IOException {
        Path out = folder.resolve("a/b");
        OutputFolder.check(out);
        assertFalse(Files.exists(out));
        new OutputFolder().add("x.csv", "1\n").add("plots/p.svg", "<svg/>").write(out);
        assertEquals("1\n", Files.readString(out.resolve("x.csv")));
        assertEquals("<svg/>", Files.readString(out.resolve("plots/p.svg")));
        assertEquals(Set.of("b"), names(folder.resolve("a")));
    }

    @Test
    void replacesItsOwnFilesAndKeepsOthers() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out);
        Files.writeString(out.resolve("notes.txt"), "mine");
        Files.writeString(out.resolve("x.csv"), "old");
        OutputFolder.check(out);
        new OutputFolder().add("x.csv", "new").write(out);
        assertEquals("new", Files.readString(out.resolve("x.csv")));
        assertEquals("mine", Files.readString(out.resolve("notes.txt")));
        assertEquals(Set.of("out"), names(folder));
        assertEquals(Set.of("notes.txt", "x.csv"), names(out));
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path path : List.of(file, file.resolve("below"))) {
            UserException e = assertThrows(UserException.class, () -> OutputFolder.check(path));
            assertTrue(e.getMessage().contains("file"), e.getMessage());
            assertThrows(
                    UserException.class,
                    () -> new OutputFolder().add("x.csv", "1").write(path));
        }
        assertEquals("x", Files.readString(file));
    }

    private static Set<String> names(Path of) throws IOException {
        try (Stream<Path> paths = Files.list(of)) {
            return paths.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
