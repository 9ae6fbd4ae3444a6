package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firesteel verify}: verifies the proofs of a warehouse. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verify proofs with the keys of the warehouse, and that they prove what its executions say.",
        footer = {
            "",
            "Every selected proof of this version is verified, whatever earlier runs said; verdicts are rows of verdicts.",
            "Exit status: 0 when all verify, 20 when one does not, 1 when one could not be looked at.",
            "",
            "Examples:",
            "  firesteel verify --warehouse warehouse",
            "  firesteel verify --warehouse warehouse --request fibonacci-1000 --remake-keys"
        })
public final class VerifyCommand extends JobCommand {
    /** Exit status when a proof does not verify. */
    public static final int EXIT_NOT_VERIFIED = 20;

    @Option(
            names = "--request",
            paramLabel = "ID",
            arity = "1..*",
            description = "Verify only these requests' proofs (default: all).")
    private List<String> requests = List.of();

    @Option(names = "--allow-insecure", description = "Accept keys of preset test-fast, whose proofs prove nothing.")
    private boolean allowInsecure;

    @Option(
            names = "--remake-keys",
            description = "Do not believe stored keys: make them anew from the programs and compare.")
    private boolean remakeKeys;

    @Override
    protected int run(SparkSession spark) throws Exception {
        Warehouse.existing(spark, warehouseLocation());
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        VerifyJob job = VerifyJob.open(warehouse, new TreeSet<>(requests), allowInsecure, remakeKeys);
        return recordRun(warehouse, runId -> status(job.run(runId, out())));
    }

    /** The exit status that {@code summary} means. */
    public static int status(VerifyJob.Summary summary) {
        return summary.refused() > 0 ? EXIT_NOT_VERIFIED : summary.failed() > 0 ? 1 : 0;
    }
}
