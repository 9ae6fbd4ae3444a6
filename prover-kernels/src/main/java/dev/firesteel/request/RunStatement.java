package dev.firesteel.request;

/**
 * What a core proof proves of a run, besides the program, which the key names: that with some input the program ends by HALT with this exit code after this output.
 * The input stays out of it, but nothing hides it: proofs are not zero-knowledge.
 *
 * @param output all of the public output; not copied
 * @param exitCode all 32 bits count; only 0 is success
 */
public record RunStatement(byte[] output, int exitCode) {
    private static final String MAGIC = "FSRS";
    private static final int VERSION = 1;

    /** The statement as bytes; equal statements have equal bytes. */
    public byte[] bytes() {
        return new PieceWriter(MAGIC, VERSION).number(exitCode).counted(output).bytes();
    }

    /**
     * The statement of {@code bytes}, of which a stranger may have made any.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static RunStatement read(byte[] bytes) {
        PieceReader in = new PieceReader("statement", MAGIC, VERSION, bytes);
        int exitCode = in.number();
        byte[] output = in.counted();
        in.end();
        return new RunStatement(output, exitCode);
    }
}
