package dev.firesteel.cli;

import dev.firesteel.riscv.ElfInspector;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what is in an ELF. */
@Command(
        name = "inspect",
        description = "Check a guest program and print its hash, segments and functions.",
        footer = {"", "Example:", "  local inspect guests/fibonacci/fibonacci.elf"})
final class InspectCommand extends LocalCommand {
    @Parameters(paramLabel = "PROGRAM.elf", description = "A static RV64IM ELF.")
    private Path program;

    @Override
    int execute() {
        out().print(ElfInspector.render(Programs.load(program)));
        return CommandLine.ExitCode.OK;
    }
}
