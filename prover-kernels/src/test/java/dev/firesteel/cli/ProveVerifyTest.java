package dev.firesteel.cli;

import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code local prove} and {@code local verify} as a user runs them: exit codes, files, one-line errors. */
class ProveVerifyTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path echo;
    private Path proof;
    private Path key;
    private Path output;

    @BeforeEach
    void write() throws Exception {
        // Puts out the second input byte and ends with the first one as exit code, or traps when that is 99.
        Assembler a = new Assembler();
        Label halt = a.label();
        a.li(S0, 0xC000_0000L);
        a.lb(S1, 16, S0);
        a.lbu(S2, 17, S0);
        a.output(S2, 1);
        a.li(T0, 99);
        a.bne(S1, T0, halt);
        a.ebreak();
        a.bind(halt);
        a.mv(A0, S1);
        a.halt();
        echo = Files.write(folder.resolve("echo.elf"), a.elf());
        proof = folder.resolve("proof");
        key = folder.resolve("key");
        output = folder.resolve("output");
    }

    private int run(Object... args) {
        CommandLine commands = LocalMain.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    private int prove(int how, Object... more) throws Exception {
        Path input = Files.write(folder.resolve("in"), new byte[] {(byte) how, 42});
        Object[] args = {
            "prove",
            echo,
            "--input",
            input,
            "--proof",
            proof,
            "--key",
            key,
            "--output",
            output,
            "--preset",
            "test-fast",
            "--threads",
            2
        };
        Object[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private int verify(Object... more) {
        Object[] args = {"verify", "--proof", proof, "--key", key, "--output", output, "--allow-insecure"};
        Object[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private String error() {
        assertEquals(1, err.toString().lines().count(), err.toString());
        return err.toString();
    }

    @Test
    void aRunIsProvedAndVerifies() throws Exception {
        Path stats = folder.resolve("stats.json");
        assertEquals(0, prove(0, "--segment-cycles", 5, "--stats", stats), () -> err.toString());
        assertTrue(out.toString().contains("(INSECURE)"), out.toString());
        JsonNode json = new ObjectMapper().readTree(stats.toFile());
        assertTrue(json.get("segments").asInt() > 2, json.toString());
        assertEquals(Files.size(proof), json.get("proof_bytes").asLong());
        assertEquals(0, verify(), () -> err.toString());
        assertTrue(out.toString().contains("this proves nothing"), out.toString());
    }

    @Test
    void theSecondStartTakesTheKeyFromTheCacheAndProvesTheSameBytes() throws Exception {
        Path cache = folder.resolve("keys");
        Path stats = folder.resolve("stats.json");
        byte[] first = null;
        for (boolean cached : new boolean[] {false, true}) {
            assertEquals(0, prove(0, "--key-cache", cache, "--stats", stats), () -> err.toString());
            assertEquals(
                    cached,
                    new ObjectMapper()
                            .readTree(stats.toFile())
                            .get("keys_from_cache")
                            .asBoolean());
            byte[] made = Files.readAllBytes(proof);
            assertArrayEquals(first == null ? made : first, made);
            first = made;
        }
        assertTrue(out.toString().contains("keys made in"), out.toString());
        assertTrue(out.toString().contains("keys from the cache in"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void whatIsClaimedOtherwiseDoesNotVerify() throws Exception {
        assertEquals(0, prove(0));
        assertEquals(20, verify("--exit-code", 256));
        assertTrue(error().contains("OTHER_EXIT_CODE"), err.toString());
        err.getBuffer().setLength(0);
        Files.write(output, new byte[] {43});
        assertEquals(20, verify());
        assertTrue(error().contains("OTHER_OUTPUT"), err.toString());
        err.getBuffer().setLength(0);
        Files.write(output, new byte[] {42});
        byte[] changed = Files.readAllBytes(proof);
        changed[changed.length / 2] ^= 1;
        Files.write(proof, changed);
        assertEquals(20, verify());
        assertTrue(error().contains("does not verify"), err.toString());
    }

    @Test
    void anInsecureKeyIsRefusedUnlessAskedFor() throws Exception {
        assertEquals(0, prove(0));
        assertEquals(20, run("verify", "--proof", proof, "--key", key, "--output", output));
        assertTrue(error().contains("INSECURE_PRESET"), err.toString());
    }

    @Test
    void aFailedRunIsProvedAsAFailure() throws Exception {
        assertEquals(10, prove(7));
        assertTrue(error().contains("exit code 7"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(20, verify());
        assertEquals(0, verify("--exit-code", 7));
    }

    @Test
    void aTrapHasNoProof() throws Exception {
        assertEquals(10, prove(99));
        assertTrue(error().contains("BREAKPOINT"), err.toString());
        assertFalse(Files.exists(proof) || Files.exists(key) || Files.exists(output));
    }

    @Test
    void filesThatAreNoKeysOrProofs() throws Exception {
        assertEquals(0, prove(0));
        byte[] good = Files.readAllBytes(key);
        Files.write(key, Arrays.copyOf(good, good.length - 1));
        assertEquals(3, verify());
        assertTrue(error().contains("is no key that can be used"), err.toString());
        err.getBuffer().setLength(0);
        Files.write(key, good);
        Files.write(proof, new byte[] {1, 2, 3});
        assertEquals(20, verify());
        err.getBuffer().setLength(0);
        Files.delete(proof);
        assertEquals(3, verify());
        assertTrue(error().contains("no such file"), err.toString());
    }

    @Test
    void optionsThatMeanNothing() throws Exception {
        assertEquals(2, prove(0, "--segment-cycles", 0));
        assertEquals(2, run("prove", echo, "--proof", proof, "--key", key, "--preset", "strong"));
        assertEquals(2, run("prove", echo, "--proof", proof));
        assertFalse(Files.exists(proof));
    }

    @Test
    void tablesAreCounted() {
        assertEquals(0, run("tables"));
        assertTrue(out.toString().contains("add-immediate"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("tables", echo), () -> err.toString());
        assertTrue(out.toString().contains("cells and"), out.toString());
    }
}
