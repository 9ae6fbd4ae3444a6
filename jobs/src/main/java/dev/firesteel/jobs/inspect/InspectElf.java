package dev.firesteel.jobs.inspect;

import dev.firesteel.cli.UserException;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.ElfInspector;
import dev.firesteel.riscv.ImageSegment;
import dev.firesteel.riscv.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code firesteel inspect elf}: what the machine loads of a file; needs no Spark. */
@Command(
        name = "elf",
        mixinStandardHelpOptions = true,
        description = "Print what the machine loads of an ELF, or why it does not.",
        footer = {"", "Example: firesteel inspect elf guests/fibonacci/fibonacci.elf"})
final class InspectElf implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The ELF.")
    private Path file;

    @Mixin
    private JsonOption format = new JsonOption();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        byte[] elf;
        try {
            elf = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserException(file + ": cannot be read; check the path", e);
        }
        Program program;
        try {
            program = Program.load(elf, file.getFileName().toString());
        } catch (ElfException e) {
            throw new UserException(file + ": " + e.getMessage(), e);
        }
        if (format.json()) {
            format.print(facts(program, elf.length), spec.commandLine().getOut());
        } else {
            spec.commandLine().getOut().print(ElfInspector.render(program));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private Facts facts(Program program, int bytes) {
        List<Facts> segments =
                program.segments().stream().map(InspectElf::segment).toList();
        return new Facts()
                .put("file", file.toString())
                .put("file_bytes", bytes)
                .put("program_hash", program.hashHex())
                .put("entry", Facts.hex(program.entry()))
                .put("instructions", program.instructionCount())
                .put("image_bytes", program.imageBytes())
                .put("functions", program.symbols().size())
                .put("segments", segments);
    }

    private static Facts segment(ImageSegment segment) {
        return new Facts()
                .put("address", Facts.hex(segment.address()))
                .put("memory_bytes", segment.memorySize())
                .put("file_bytes", segment.fileSize())
                .put("flags", segment.flagText());
    }
}
