package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void aNameThatAFileSystemHoldsIsTheStem() {
        for (String name : ResultTrees.HOSTILE_NAMES) {
            assertEquals(name + ".json", FileNames.fileName(name));
        }
    }

    @Test
    void namesThatWouldLeadElsewhereAreEscaped() {
        assertEquals("%~a%2Fb.json", FileNames.fileName("a/b"));
        assertEquals("%~...json", FileNames.fileName(".."));
        assertEquals("%~..", FileNames.folder(".."));
        assertEquals("%~hardware.json", FileNames.fileName("hardware"));
        assertEquals("%~%25%7Ex.json", FileNames.fileName("%~x"));
    }

    @Test
    void aNameThatIsTooLongKeepsItsStartAndADigest() {
        String one = FileNames.fileName("x".repeat(400) + 1);
        String two = FileNames.fileName("x".repeat(400) + 2);
        assertEquals(255, one.length());
        assertNotEquals(one, two);
    }

    @Property
    void everyFileNameFitsAndUnescapesToTheName(@ForAll @StringLength(min = 1, max = 100) String text) {
        String name = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String file = FileNames.fileName(name);
        assertTrue(file.getBytes(StandardCharsets.UTF_8).length <= 255);
        assertTrue(file.indexOf('/') < 0 && file.indexOf('\0') < 0);
        String stem = file.substring(0, file.length() - FileNames.SUFFIX.length());
        boolean digest = stem.startsWith("%~") && stem.indexOf('~', 2) > 0;
        if (!digest) {
            assertEquals(name, FileNames.unescaped(stem));
        }
        assertFalse(digest && name.getBytes(StandardCharsets.UTF_8).length < 80, "escaped, not cut");
    }
}
