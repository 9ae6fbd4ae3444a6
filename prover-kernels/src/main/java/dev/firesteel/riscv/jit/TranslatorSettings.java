package dev.firesteel.riscv.jit;

/**
 * When to translate how much. No setting changes a result.
 *
 * @param threshold executions of a block after which it is translated; 1 translates everything at once
 * @param maxCost the most {@link ByteCodeCost} of a region
 * @param maxInstructions translated instructions of a program, repetitions counted, after which nothing more is
 *     translated
 */
record TranslatorSettings(int threshold, int maxCost, long maxInstructions) {
    /** Translates what has been executed some hundred times. */
    static final TranslatorSettings AUTO = new TranslatorSettings(400, 7_000, 1_000_000);
    /** Translates everything at its first execution, so that tests reach it all. */
    static final TranslatorSettings EAGER = new TranslatorSettings(1, 7_000, 10_000_000);
}
