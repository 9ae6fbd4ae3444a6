package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.Program;

/** Chooses who executes. */
public final class Engines {
    private Engines() {}

    /**
     * The runner for one run.
     *
     * @param profile whether jumps must be reported, which only the interpreter does
     * @throws UnsupportedOperationException when {@code engine} is not part of this build
     */
    public static Runner create(Engine engine, Program program, boolean profile) {
        if (engine == Engine.TRANSLATOR && !profile) {
            throw new UnsupportedOperationException(
                    "engine TRANSLATOR is not part of this build; use INTERPRETER or AUTO");
        }
        return new Interpreter(program.code());
    }
}
