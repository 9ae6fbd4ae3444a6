package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firesteel commit}: commits the boundaries of executions' segments. */
@Command(
        name = "commit",
        mixinStandardHelpOptions = true,
        description = "Commit the memory boundary of every segment and draw each execution's challenge, so that its"
                + " segments can be proved.",
        footer = {
            "",
            "Takes the latest execution of each request by this version. What is committed is not committed again.",
            "An execution that did not halt has no proof: a line and a row of attempts say so, and the others go on.",
            "Exit status: 0 when all that can be proved is committed, 1 when an execution could not be.",
            "",
            "Example: firesteel commit --warehouse warehouse --prove-max-cycles 1000000"
        })
public final class CommitCommand extends JobCommand {
    @Option(
            names = "--request",
            paramLabel = "ID",
            arity = "1..*",
            description = "Commit only these requests (default: all).")
    private List<String> requests = List.of();

    @Mixin
    private ProvingOptions options = new ProvingOptions();

    @Override
    protected void check() {
        options.check();
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        Warehouse.existing(spark, warehouseLocation());
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        CommitJob job = CommitJob.open(warehouse, options.selection(requests), options.prover());
        return recordRun(warehouse, runId -> status(job.run(runId, out(), Checkpoint.NONE)));
    }

    /** The exit status that {@code summary} means. */
    public static int status(CommitJob.Summary summary) {
        return summary.failed() > 0 ? 1 : 0;
    }
}
