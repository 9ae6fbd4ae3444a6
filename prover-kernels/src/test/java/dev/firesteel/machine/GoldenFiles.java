package dev.firesteel.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that this code once made and has to make again, bit for bit. If a test says that one has changed, keys and proofs of earlier versions can no longer be
 * read, or the protocol is another: that needs a new version number in {@link VerifyingKey}, {@link ProofHeader} or {@link Statement}, and docs/protocol.md. Then
 * they are made anew by
 *
 * <pre>./mvnw -pl prover-kernels test -Dtest='GoldenTest,TranscriptLogTest' -Dfiresteel.golden=write</pre>
 */
final class GoldenFiles {
    private static final boolean WRITE = "write".equals(System.getProperty("firesteel.golden"));

    private GoldenFiles() {}

    /** The file of that name; {@code made} is what this code makes of it now, and is written when that is asked for. */
    static byte[] read(String name, byte[] made) {
        Path file =
                Path.of(System.getProperty("firesteel.basedir", "."), "src/test/resources/dev/firesteel/machine", name);
        try {
            if (WRITE) {
                Files.createDirectories(file.getParent());
                Files.write(file, made);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
