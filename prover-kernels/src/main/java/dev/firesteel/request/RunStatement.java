package dev.firesteel.request;

/**
 * What a core proof proves of a run, besides the program, which the key names: that with some input the program ends by HALT with this exit code after this output.
 * The input stays out of it, but nothing hides it: proofs are not zero-knowledge.
 *
 * @param output all of the public output; not copied
 * @param exitCode all 32 bits count; only 0 is success
 */
public record RunStatement(byte[] output, int exitCode) {}
