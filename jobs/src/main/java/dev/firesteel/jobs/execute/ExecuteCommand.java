package dev.firesteel.jobs.execute;

import dev.firesteel.cli.ByteCount;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.SegmentLimits;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firesteel execute}: runs the guests of a witness and writes segments and executions. */
@Command(
        name = "execute",
        mixinStandardHelpOptions = true,
        description = "Run the guests of a witness; write their segments and one row for each execution.",
        footer = {
            "",
            "What has been executed under the same parameters by the same version is not executed again.",
            "Exit status: 0 when every guest ended as expected (or, where nothing is expected, with success),",
            "3 when the witness cannot be used, 4 when a guest ended otherwise, 1 when one could not be executed.",
            "",
            "Example: firesteel execute --warehouse warehouse --segment-cycles 1048576"
        })
public final class ExecuteCommand extends JobCommand {
    /** Executions that share one commit unless told otherwise. */
    public static final int DEFAULT_RUNS_PER_COMMIT = 64;

    /** {@link ExecutionOptions#DEFAULT_MAX_MEMORY_BYTES} as an option is written. */
    public static final String DEFAULT_MAX_MEMORY = "2g";

    /** Exit status when all was executed but a guest did not end as it should. */
    public static final int EXIT_UNEXPECTED = 4;

    @Option(names = "--witness", paramLabel = "PATH", description = "Parquet (default: the warehouse's own witness).")
    private String witness;

    @Option(
            names = "--max-cycles",
            paramLabel = "N",
            description = "Stop a guest after so many cycles (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + ExecutionOptions.DEFAULT_MAX_CYCLES)
    private long maxCycles;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Stop a guest that touches more memory, such as 512m; an executor's heap takes 1.5 times that"
                    + " (default: ${DEFAULT-VALUE}).",
            converter = ByteCount.class,
            defaultValue = DEFAULT_MAX_MEMORY)
    private long maxMemory;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            description = "Most cycles of a segment (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + SegmentLimits.DEFAULT_CYCLES)
    private long segmentCycles;

    @Option(
            names = "--request",
            paramLabel = "ID",
            arity = "1..*",
            description = "Execute only these requests (default: all).")
    private List<String> requests = List.of();

    @Option(
            names = "--runs-per-commit",
            paramLabel = "N",
            description = "Executions that share one commit: what a killed job loses (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + DEFAULT_RUNS_PER_COMMIT)
    private int runsPerCommit;

    @Override
    protected void check() {
        parameters();
        if (runsPerCommit < 1) {
            throw new UserException("--runs-per-commit " + runsPerCommit + ": must be at least 1");
        }
    }

    private ExecutionParameters parameters() {
        return ExecutionParameters.of(maxCycles, maxMemory, segmentCycles);
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        Warehouse.existing(spark, warehouseLocation());
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        Set<String> ids = new TreeSet<>(requests);
        ExecuteJob job = ExecuteJob.open(warehouse, witness, parameters(), ids);
        return recordRun(
                warehouse,
                runId -> report(job.run(runId, runsPerCommit, out(), ExecuteJob.Checkpoint.NONE), warehouse, out()));
    }

    /** Prints {@code summary} and returns the exit status that it means. */
    public static int report(ExecuteJob.Summary summary, Warehouse warehouse, PrintWriter out) {
        out.printf(
                "%d requests executed, %d executed before, %d without a program, %d failed, %d not as expected%n",
                summary.executed(),
                summary.already(),
                summary.withoutProgram(),
                summary.failed(),
                summary.unexpected());
        if (summary.failed() > 0) {
            out.println("why requests failed is in table attempts of " + warehouse.location());
        }
        out.flush();
        return summary.failed() > 0 ? 1 : summary.unexpected() > 0 ? EXIT_UNEXPECTED : 0;
    }
}
