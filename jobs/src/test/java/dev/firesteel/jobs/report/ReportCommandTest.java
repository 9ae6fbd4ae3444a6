package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.cli.Firesteel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Input that is refused before Spark starts: one line, exit status 3, nothing written. */
class ReportCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void refusesAMissingFile() {
        assertRefused(folder.resolve("none.csv"), "none.csv: no such file");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefused(csv(""), "the file is empty");
    }

    @Test
    void refusesAMissingColumn() throws IOException {
        assertRefused(csv("name,opcode,op_count,gas_used,zk_cycles\n"), ":1: column 'proving_time_s' is missing");
    }

    @Test
    void refusesAWrongTypeWithItsLine() throws IOException {
        String header = "name,opcode,op_count,gas_used,zk_cycles,proving_time_s\n";
        assertRefused(
                csv(header + "a,add,0,100,10,1.5\nb,add,1,lots,20,2.5\n"),
                ":3: column 'gas_used' is 'lots'; write a whole number of at least 0");
    }

    @Test
    void refusesAnOutputThatIsAFile() throws IOException {
        Path input = csv("x");
        int status = execute("report", "marginal", "--input", input.toString(), "--output", input.toString());
        assertEquals(3, status, err.toString());
        assertTrue(err.toString().contains("is a file; --output wants a folder"), err.toString());
    }

    @Test
    void wantsAReportToBeNamed() {
        assertEquals(2, execute("report"));
        assertEquals(2, execute("report", "marginal"));
        assertTrue(err.toString().contains("--output"), err.toString());
    }

    private void assertRefused(Path input, String part) {
        Path out = folder.resolve("out");
        int status = execute("report", "marginal", "--input", input.toString(), "--output", out.toString());
        assertEquals(3, status, err.toString());
        assertTrue(err.toString().startsWith("error: ") && err.toString().contains(part), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(Files.exists(out));
    }

    private int execute(String... args) {
        CommandLine line = Firesteel.commandLine();
        line.setErr(new PrintWriter(err, true));
        line.setOut(new PrintWriter(new StringWriter()));
        return line.execute(args);
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), text);
    }
}
