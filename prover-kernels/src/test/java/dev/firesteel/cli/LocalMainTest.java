package dev.firesteel.cli;

import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LocalMainTest {
    @TempDir
    private Path folder;

    private Path echo;
    private Path input;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws Exception {
        // The first input byte says how to end; the second is put out before.
        echo = elf("echo.elf", a -> {
            Label halt = a.label();
            Label spin = a.label();
            a.li(S0, 0xC000_0000L);
            a.lb(S1, 16, S0);
            a.lbu(S2, 17, S0);
            a.output(S2, 1);
            a.li(T0, 100);
            a.beq(S1, T0, spin);
            a.li(T0, 99);
            a.bne(S1, T0, halt);
            a.ebreak();
            a.bind(halt);
            a.mv(A0, S1);
            a.halt();
            a.bind(spin);
            a.j(spin);
        });
        input = Files.write(folder.resolve("in"), new byte[] {0, 42});
    }

    private Path elf(String name, Consumer<Assembler> body) throws Exception {
        Assembler a = new Assembler();
        body.accept(a);
        return Files.write(folder.resolve(name), a.elf());
    }

    private int run(Object... args) {
        return run(LocalMain.commandLine(), args);
    }

    private int run(CommandLine commands, Object... args) {
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    private Path ending(int how) throws Exception {
        return Files.write(input, new byte[] {(byte) how, 42});
    }

    private List<String> files() throws Exception {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void successWritesTheOutput() throws Exception {
        Path output = Files.writeString(folder.resolve("out"), "old and longer");
        assertEquals(0, run("exec", echo, "--input", input, "--output", output));
        assertArrayEquals(new byte[] {42}, Files.readAllBytes(output));
        assertEquals("", err.toString());
        assertTrue(out.toString().contains(" MIPS)"), out.toString());
        assertEquals(List.of("echo.elf", "in", "out"), files());
    }

    @ParameterizedTest
    @CsvSource({"1,exit code 1 (0x00000001)", "-1,exit code -1 (0xffffffff)"})
    void aFailingExitCodeIsReportedAndTheOutputWritten(int code, String message) throws Exception {
        Path output = folder.resolve("out");
        assertEquals(10, run("exec", echo, "--input", ending(code), "--output", output));
        assertTrue(err.toString().contains(message), err.toString());
        assertEquals(1, err.toString().lines().count());
        assertTrue(Files.exists(output));
    }

    @Test
    void aTrapIsReportedWithItsPlaceAndNoOutputIsWritten() throws Exception {
        Path output = folder.resolve("out");
        Path stats = folder.resolve("stats.json");
        assertEquals(10, run("exec", echo, "--input", ending(99), "--output", output, "--stats", stats));
        assertTrue(err.toString().contains("trapped: BREAKPOINT at 0x001000"), err.toString());
        assertEquals(List.of("echo.elf", "in", "stats.json"), files());
        JsonNode json = new ObjectMapper().readTree(stats.toFile());
        assertEquals("breakpoint", json.get("trap").asText());
        assertTrue(json.get("exit_code").isNull());
    }

    @Test
    void theCycleLimitIsReported() throws Exception {
        assertEquals(10, run("exec", echo, "--input", ending(100), "--max-cycles", 1000));
        assertTrue(err.toString().contains("did not end within 1000 cycles"), err.toString());
        assertTrue(err.toString().contains("raise --max-cycles"), err.toString());
    }

    @Test
    void theMemoryLimitIsReported() throws Exception {
        // The guest reads its input, one page, and nothing else.
        assertEquals(0, run("exec", echo, "--input", input, "--max-memory", "64k"));
        Path greedy = elf("greedy.elf", a -> {
            a.li(T0, 0x2000_0000);
            a.sd(T0, 0, SP);
            a.sd(T0, 0, T0);
        });
        Path stats = folder.resolve("stats.json");
        assertEquals(10, run("exec", greedy, "--max-memory", 65536, "--stats", stats));
        assertTrue(err.toString().contains("needs more than 64k of memory"), err.toString());
        assertTrue(err.toString().contains("raise --max-memory"), err.toString());
        assertEquals(
                "memory_limit",
                new ObjectMapper().readTree(stats.toFile()).get("outcome").asText());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "65536,64k", "64k,64k", "1536KiB,1536k", "2048M,2g", "3gb,3g", "7,7"})
    void numbersOfBytesHaveUnits(String text, String shortest) {
        assertEquals(shortest, ByteCount.text(new ByteCount().convert(text)));
    }

    @Test
    void statisticsSayWhatTheRunCost() throws Exception {
        Path stats = folder.resolve("stats.json");
        assertEquals(
                0,
                run(
                        "exec",
                        echo,
                        "--input",
                        input,
                        "--stats",
                        stats,
                        "--segment-cycles",
                        8,
                        "--engine",
                        "interpreter"));
        JsonNode json = new ObjectMapper().readTree(stats.toFile());
        long cycles = json.get("cycles").asLong();
        assertEquals(0, json.get("exit_code").asInt());
        assertTrue(json.get("trap").isNull());
        assertEquals("halted", json.get("outcome").asText());
        assertEquals(1, json.get("output_bytes").asInt());
        assertEquals(2, json.get("input_bytes").asInt());
        assertEquals((cycles + 7) / 8, json.get("segments").asLong());
        assertEquals("firesteel-cost/1", json.get("cost_metric").asText());
        assertTrue(json.get("cost").asLong() > 0);
        assertEquals(1, json.get("touched_words").asInt());
        assertEquals(0, json.get("misaligned_accesses").asInt());
        assertEquals(
                Program.load(Files.readAllBytes(echo), "").hashHex(),
                json.get("program_hash").asText());
        long sum = 0;
        for (JsonNode family : json.get("families")) {
            sum += family.asLong();
        }
        assertEquals(cycles, sum);
        assertEquals(2, json.get("families").get("ecall").asInt());
        assertTrue(json.get("accelerator_calls").isEmpty());
        assertTrue(json.get("seconds").asDouble() > 0);
        assertTrue(json.get("instructions_per_second").asDouble() > 0);
    }

    @Test
    void profilesAreWritten() throws Exception {
        assertEquals(
                0,
                run(
                        "exec",
                        echo,
                        "--input",
                        input,
                        "--pprof",
                        folder.resolve("p"),
                        "--speedscope",
                        folder.resolve("s")));
        byte[] gzip = Files.readAllBytes(folder.resolve("p"));
        assertArrayEquals(new byte[] {0x1F, (byte) 0x8B}, Arrays.copyOf(gzip, 2));
        assertTrue(new ObjectMapper().readTree(folder.resolve("s").toFile()).has("shared"));
    }

    private void refused(int code, String message, Object... args) {
        assertEquals(code, run(args), err.toString());
        List<String> lines = new ArrayList<>(err.toString().lines().toList());
        assertTrue(lines.get(0).contains(message), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        if (code == 3) {
            assertEquals(1, lines.size(), err.toString());
            assertTrue(lines.get(0).startsWith("error: "), err.toString());
            assertTrue(lines.get(0).contains("; "), "no hint: " + err);
        }
    }

    @Test
    void aMissingProgramIsOneLine() {
        refused(3, "nowhere.elf: no such file", "exec", folder.resolve("nowhere.elf"));
    }

    @Test
    void aFolderIsNoProgram() {
        refused(3, "is a directory", "exec", folder);
    }

    @Test
    void anUnreadableFileIsOneLine() throws Exception {
        Path secret = Files.write(folder.resolve("secret"), new byte[1]);
        assertTrue(secret.toFile().setReadable(false, false));
        // Whoever may read everything cannot be refused.
        assumeFalse(Files.isReadable(secret), "skipped: this user may read any file");
        refused(3, "cannot be read", "exec", secret);
    }

    @Test
    void aFileThatIsNoElfNamesTheRule() {
        refused(3, "TRUNCATED_HEADER", "exec", input);
    }

    @Test
    void aMissingInputIsOneLine() {
        refused(3, "none: no such file", "exec", echo, "--input", folder.resolve("none"));
    }

    @Test
    void anInputFolderIsOneLine() {
        refused(3, "is a directory; give the input file", "exec", echo, "--input", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output", "--stats", "--pprof", "--speedscope"})
    void placesThatCannotBeWrittenAreRefusedBeforeTheRun(String option) throws Exception {
        // The guest would spin for ever.
        refused(3, "there is no folder", "exec", echo, "--input", ending(100), option, folder.resolve("a/b"));
    }

    @Test
    void aFolderAsOutputIsRefused() throws Exception {
        refused(3, "is a directory; give a file to write", "exec", echo, "--input", ending(100), "--output", folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-cycles=0",
                "--max-cycles=many",
                "--max-memory=lots",
                "--max-memory=1k",
                "--max-memory=99999999999g",
                "--segment-cycles=-1",
                "--engine=steam",
                "--frobnicate"
            })
    void wrongOptionsAreUsageErrors(String option) {
        refused(2, "", "exec", echo, option);
        assertTrue(err.toString().contains(option.split("=")[0]), err.toString());
    }

    @Test
    void noCommandIsAUsageError() {
        refused(2, "Missing command");
    }

    @Test
    void noProgramIsAUsageError() {
        refused(2, "PROGRAM.elf", "exec");
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertEquals(3, run("exec", input, "--verbose"));
        assertTrue(err.toString().startsWith("error: "));
        assertTrue(err.toString().contains("\tat dev.firesteel.riscv."), err.toString());
    }

    @Test
    void inspectPrintsTheProgram() throws Exception {
        assertEquals(0, run("inspect", echo));
        String hash = Program.load(Files.readAllBytes(echo), "").hashHex();
        assertTrue(out.toString().contains(hash), out.toString());
        assertTrue(out.toString().contains("r-x"), out.toString());
        assertEquals(3, run("inspect", input));
    }

    @Test
    void theGroupCanBeMountedUnderAnotherCommand() {
        @CommandLine.Command(name = "firesteel")
        final class Root {}
        CommandLine root = new CommandLine(new Root());
        root.addSubcommand(LocalMain.commandLine());
        assertEquals(0, run(root, "local", "exec", echo, "--input", input, "--engine", "INTERPRETER"));
        assertEquals(3, run(root, "local", "exec", folder));
        assertTrue(err.toString().startsWith("error: "), err.toString());
    }

    @Test
    void helpSaysEverything() {
        assertEquals(0, run("exec", "--help"));
        for (String option : List.of(
                "--input",
                "--output",
                "--stats",
                "--max-cycles",
                "--max-memory",
                "--segment-cycles",
                "--engine",
                "--pprof",
                "--speedscope",
                "Exit codes",
                "Examples")) {
            assertTrue(out.toString().contains(option), option);
        }
    }
}
