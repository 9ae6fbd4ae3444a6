package dev.firesteel.jobs.inspect;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code firesteel inspect}: prints one thing so that a person can read it. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Print an ELF, a witness row or a segment.",
        subcommands = {InspectElf.class, InspectWitness.class, InspectSegment.class})
public final class InspectCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a thing: elf, witness or segment");
    }
}
