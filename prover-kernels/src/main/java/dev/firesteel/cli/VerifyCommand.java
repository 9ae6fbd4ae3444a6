package dev.firesteel.cli;

import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunVerifier;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifies the proof of a run. */
@Command(
        name = "verify",
        description = "Verify that the program of a key put out exactly this output and ended with this exit code.",
        footer = {
            "",
            "The key says which program it is: whoever needs to be sure makes it anew (local prove writes it), or compares the",
            "program hash that is printed. The input stays unknown, but proofs are not zero-knowledge.",
            "",
            "Exit codes: 0 it verifies; 20 it does not; 3 a file cannot be used; 2 wrong options; 1 an error of this program.",
            "",
            "Examples:",
            "  local verify --proof fib.proof --key fib.key --output fib.bin",
            "  local verify --proof panic.proof --key panic.key --output empty.bin --exit-code 256"
        })
final class VerifyCommand extends LocalCommand {
    private static final int EXIT_NOT_VERIFIED = 20;

    @Option(names = "--proof", paramLabel = "FILE", required = true, description = "The proof.")
    private Path proof;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The program's key.")
    private Path key;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "The public output that is claimed; an empty file for none.")
    private Path output;

    @Option(
            names = "--exit-code",
            paramLabel = "N",
            description = "The exit code that is claimed. Default: 0, success.",
            defaultValue = "0")
    private int exitCode;

    @Option(names = "--allow-insecure", description = "Accept keys of preset test-fast, whose proofs prove nothing.")
    private boolean allowInsecure;

    @Override
    int execute() {
        ProgramKey programKey = key();
        byte[] proofBytes = CommandFiles.read(proof, "proof");
        RunStatement statement = new RunStatement(CommandFiles.read(output, "output"), exitCode);
        RunVerifier verifier = allowInsecure ? RunVerifier.allowingInsecure(programKey) : RunVerifier.of(programKey);
        long start = System.nanoTime();
        try {
            verifier.verify(statement, proofBytes);
        } catch (VerificationException e) {
            err().println("error: " + proof + ": does not verify: " + e.getMessage());
            return EXIT_NOT_VERIFIED;
        }
        boolean secure = programKey.tables().preset().secure();
        out().printf(
                        Locale.ROOT,
                        "verified in %.3f s, %s: program %s, exit code %d, %d bytes of output%n",
                        (System.nanoTime() - start) / 1e9,
                        programKey.tables().preset().label() + (secure ? "" : " (INSECURE: this proves nothing)"),
                        programKey.programHashHex(),
                        exitCode,
                        statement.output().length);
        return CommandLine.ExitCode.OK;
    }

    private ProgramKey key() {
        try {
            return ProgramKey.read(CommandFiles.read(key, "key"));
        } catch (IllegalArgumentException e) {
            throw new UserException(key + ": is no key that can be used: " + e.getMessage(), e);
        }
    }
}
