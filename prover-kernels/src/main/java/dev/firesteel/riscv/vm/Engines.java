package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.jit.Translator;

/** Chooses who executes. */
public final class Engines {
    private Engines() {}

    /**
     * The runner for one run.
     *
     * @param profile whether jumps must be reported, which only the interpreter does
     */
    public static Runner create(Engine engine, Program program, boolean profile) {
        if (profile) {
            return new Interpreter(program.code());
        }
        return switch (engine) {
            case INTERPRETER -> new Interpreter(program.code());
            case AUTO -> Translator.adaptive(program.code());
            case TRANSLATOR -> Translator.eager(program.code());
        };
    }
}
