package dev.firesteel.cli;

import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.nio.file.Path;

/** Loads the program that a command names. */
final class Programs {
    private Programs() {}

    /** Loads an ELF file. */
    static Program load(Path file) {
        byte[] bytes = CommandFiles.read(file, "program");
        try {
            return Program.load(bytes, file.getFileName().toString());
        } catch (ElfException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
    }
}
