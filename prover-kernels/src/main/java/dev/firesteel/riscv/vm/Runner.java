package dev.firesteel.riscv.vm;

/** An engine: executes a program's instructions on a machine. One instance serves one run. */
public interface Runner {
    /**
     * Executes at most {@code budget} instructions. It returns earlier only when the machine proceeds no more, or when its next unit of
     * execution (a translated block) does not fit in what is left; the caller then steps with the interpreter, so segments end at
     * the same instruction whoever executes. On return {@link Machine#pc}, {@link Machine#cycles}, the registers and
     * the machine's counts are exact.
     *
     * @param machine the state to advance, which {@linkplain Machine#proceeds proceeds}
     * @param budget at least 1
     * @return instructions completed
     */
    long run(Machine machine, long budget);
}
