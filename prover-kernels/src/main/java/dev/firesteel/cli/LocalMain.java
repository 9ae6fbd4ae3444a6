package dev.firesteel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that run on this machine alone. A program of its own, and the group {@code local} of the launcher. */
@Command(
        name = "local",
        description = "Work on this machine alone, without Spark.",
        subcommands = {
            ExecCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            TablesCommand.class,
            InspectCommand.class,
            BenchCommand.class,
            GuestBenchCommand.class,
            SecurityCommand.class
        })
public final class LocalMain implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    private LocalMain() {}

    /** Runs {@code args} and exits with the command's exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The group {@code local}, to be run or to be mounted under another command. */
    public static CommandLine commandLine() {
        return new CommandLine(new LocalMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new OneLineUsageErrors());
    }

    /** The benchmark of guests, to be mounted by itself as {@code bench}. */
    public static CommandLine guestBench() {
        return new CommandLine(new GuestBenchCommand()).setParameterExceptionHandler(new OneLineUsageErrors());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command: exec, prove, verify, tables, inspect, bench, bench-guests or security");
    }
}
