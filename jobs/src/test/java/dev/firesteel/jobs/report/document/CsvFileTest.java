package dev.firesteel.jobs.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    @TempDir
    Path folder;

    @Test
    void readsCellsWithCommasQuotesBracketsAndLineEnds() throws IOException {
        CsvFile csv = read("\uFEFFname,n\r\n\"t.py::a[x,\"\"y\"\"-1]\",3\r\n\r\n\"two\nlines\",\"4\"\nlast,5");
        assertEquals(3, csv.rows().size());
        assertEquals("t.py::a[x,\"y\"-1]", csv.rows().get(0).text("name"));
        assertEquals("two\nlines", csv.rows().get(1).text("name"));
        assertEquals(4, csv.rows().get(1).line());
        assertEquals(6, csv.rows().get(2).line());
        assertEquals(5L, csv.rows().get(2).whole("n"));
    }

    @Test
    void roundTripsWhatTheWriterQuotes() throws IOException {
        String odd = "a,\"b\"\n[c]|'d'";
        String text = new CsvText(List.of("name", "n"))
                .row(java.util.Arrays.asList(odd, null))
                .row(List.of("", Double.NaN))
                .toString();
        CsvFile csv = read(text);
        assertEquals(odd, csv.rows().get(0).cells().get("name"));
        assertNull(csv.rows().get(0).whole("n"));
        assertNull(csv.rows().get(1).number("n"));
    }

    @Test
    void namesTheFileTheLineAndWhatToDo() throws IOException {
        assertComplaint("", "the file is empty; it needs a header line: name,n");
        assertComplaint("name,n\n", "no row");
        assertComplaint("name\nx\n", ":1: column 'n' is missing; the header must have name,n and is name");
        assertComplaint("name,n\nx,1\ny,1,2\n", ":3: 3 cells where the header has 2");
        assertComplaint("name,n\n\"x,1\n", ":2: a double quote is opened and never closed");
        assertComplaint("name,n,n\nx,1,2\n", ":1: two columns have one name");
        UserException missing =
                assertThrows(UserException.class, () -> CsvFile.read(folder.resolve("absent.csv"), List.of("n")));
        assertTrue(missing.getMessage().contains("absent.csv: no such file"), missing.getMessage());
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        UserException notText = assertThrows(UserException.class, () -> CsvFile.read(binary, List.of("n")));
        assertTrue(notText.getMessage().contains("not UTF-8"), notText.getMessage());
    }

    @Test
    void refusesCellsOfTheWrongType() throws IOException {
        CsvFile csv = read("name,n\nx,1.5\ny,-3\nz,3e5\nw,many\nv,300000.0\n");
        for (int row : new int[] {0, 1, 3}) {
            UserException e =
                    assertThrows(UserException.class, () -> csv.rows().get(row).whole("n"));
            assertTrue(e.getMessage().contains(":" + (row + 2) + ": column 'n' is '"), e.getMessage());
        }
        assertEquals(300000L, csv.rows().get(2).whole("n"));
        assertEquals(300000L, csv.rows().get(4).whole("n"));
        assertEquals(1.5, csv.rows().get(0).number("n"));
        assertThrows(UserException.class, () -> csv.rows().get(1).number("n"));
        assertThrows(UserException.class, () -> csv.rows().get(3).number("n"));
        assertThrows(UserException.class, () -> csv.rows().get(3).required("other"));
    }

    private void assertComplaint(String text, String part) {
        UserException e = assertThrows(UserException.class, () -> read(text));
        assertTrue(e.getMessage().contains("in.csv") && e.getMessage().contains(part), e.getMessage());
    }

    private CsvFile read(String text) throws IOException {
        Path path = folder.resolve("in.csv");
        Files.writeString(path, text, StandardCharsets.UTF_8);
        return CsvFile.read(path, List.of("name", "n"));
    }
}
