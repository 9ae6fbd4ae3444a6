package dev.firesteel.jobs.report;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of reports. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Regressions, cost models and summaries with plots, as Markdown, HTML and CSV.",
        commandListHeading = "%nReports:%n",
        subcommands = {
            MarginalCommand.class,
            CostModelCommand.class,
            ExecutionsCommand.class,
            ProvingCommand.class,
            CommandLine.HelpCommand.class
        })
public final class ReportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "name a report; 'firesteel report --help' lists them");
    }
}
