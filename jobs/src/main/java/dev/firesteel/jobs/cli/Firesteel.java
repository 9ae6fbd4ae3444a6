package dev.firesteel.jobs.cli;

import dev.firesteel.cli.LocalMain;
import dev.firesteel.cli.Messages;
import dev.firesteel.cli.OneLineUsageErrors;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.execute.ExecuteCommand;
import dev.firesteel.jobs.ingest.IngestCommand;
import dev.firesteel.jobs.inspect.InspectCommand;
import dev.firesteel.jobs.prove.CommitCommand;
import dev.firesteel.jobs.prove.ProveCommand;
import dev.firesteel.jobs.prove.VerifyCommand;
import dev.firesteel.jobs.report.ReportCommand;
import dev.firesteel.jobs.results.ExportResultsCommand;
import dev.firesteel.jobs.results.ImportResultsCommand;
import dev.firesteel.jobs.results.PackResultsCommand;
import dev.firesteel.jobs.run.RunCommand;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.tables.TablesCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line's entry point, also the main class for {@code spark-submit --class}. */
@Command(
        name = "firesteel",
        mixinStandardHelpOptions = true,
        versionProvider = Firesteel.Version.class,
        description = "A zkVM proving pipeline on Apache Spark.",
        commandListHeading = "%nJobs:%n",
        footer = {
            "",
            "Exit status: 0 success, 1 internal error, 2 wrong usage, 3 input that cannot be used,",
            "4 done, but not with the expected result (execute, run, inspect), 10 the guest failed (local exec),",
            "20 a proof does not verify (verify, run, local verify).",
            "'firesteel JOB --help' shows a job's options and an example."
        },
        subcommands = {
            RunCommand.class,
            IngestCommand.class,
            ExecuteCommand.class,
            CommitCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            ImportResultsCommand.class,
            ExportResultsCommand.class,
            PackResultsCommand.class,
            ReportCommand.class,
            TablesCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Firesteel implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a job; 'firesteel --help' lists them");
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, with the error handling that every command shares. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Firesteel());
        line.addSubcommand("local", LocalMain.commandLine());
        line.addSubcommand("bench", LocalMain.guestBench());
        line.setParameterExceptionHandler(new OneLineUsageErrors());
        line.setExecutionExceptionHandler(Firesteel::onError);
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int onError(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean user = e instanceof UserException;
        err.println((user ? "error: " : "internal error: ") + Messages.firstLine(e));
        boolean verbose = command.getCommand() instanceof JobCommand job && job.verbose();
        if (verbose) {
            e.printStackTrace(err);
        } else if (!user) {
            err.println("(--verbose prints where; please report it with the command that you ran)");
        }
        err.flush();
        return user ? UserException.EXIT_CODE : 1;
    }

    /** Prints the version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"firesteel " + CodeVersion.current()};
        }
    }
}
