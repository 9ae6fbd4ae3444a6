package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firesteel prove}: proves committed segments. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Prove every committed segment, longest first, and put together one proof for each request.",
        footer = {
            "",
            "Every proof is verified before it is written. What is proved is not proved again.",
            "Exit status: 0 when every selected request has its proof, 1 when one has none (table attempts says why).",
            "",
            "Examples:",
            "  firesteel prove --warehouse warehouse",
            "  firesteel prove --warehouse warehouse --request fibonacci-1000 --concurrent 1 --prover-threads 2"
        })
public final class ProveCommand extends JobCommand {
    /** Proofs that share one commit unless told otherwise. */
    public static final int DEFAULT_PROOFS_PER_COMMIT = 16;

    @Option(
            names = "--request",
            paramLabel = "ID",
            arity = "1..*",
            description = "Prove only these requests (default: all).")
    private List<String> requests = List.of();

    @Option(
            names = "--proofs-per-commit",
            paramLabel = "N",
            description = "Proofs that share one commit, which comes after a minute at the latest: what a killed job"
                    + " loses (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + DEFAULT_PROOFS_PER_COMMIT)
    private int proofsPerCommit;

    @Mixin
    private ProvingOptions options = new ProvingOptions();

    @Override
    protected void check() {
        options.check();
        if (proofsPerCommit < 1) {
            throw new UserException("--proofs-per-commit " + proofsPerCommit + ": must be at least 1");
        }
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        Warehouse.existing(spark, warehouseLocation());
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        ProveJob job = ProveJob.open(warehouse, options.selection(requests), options.prover());
        return recordRun(warehouse, runId -> status(job.run(runId, proofsPerCommit, out(), Checkpoint.NONE)));
    }

    /** The exit status that {@code summary} means. */
    public static int status(ProveJob.Summary summary) {
        return summary.failed() + summary.uncommitted() > 0 ? 1 : 0;
    }
}
