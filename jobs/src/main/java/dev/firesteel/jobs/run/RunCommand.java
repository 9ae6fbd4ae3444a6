package dev.firesteel.jobs.run;

import dev.firesteel.cli.ByteCount;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.execute.ExecuteCommand;
import dev.firesteel.jobs.execute.ExecuteJob;
import dev.firesteel.jobs.execute.ExecutionParameters;
import dev.firesteel.jobs.ingest.IngestJob;
import dev.firesteel.jobs.ingest.SourceKind;
import dev.firesteel.jobs.report.ExecutionsWriter;
import dev.firesteel.jobs.report.OutputOptions;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.SegmentLimits;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firesteel run}: ingest, execute and report in one go. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Ingest a manifest, execute its guests and report: the whole pipeline on bundled input.",
        footer = {
            "",
            "Exit status as of execute. Running it again executes nothing that has been executed. Only requests of the",
            "manifest are executed and reported. One that the warehouse knows with another program or input, such as a",
            "guest that was rebuilt, is a new request ID@HASH; what was there stays.",
            "",
            "Example: firesteel run --warehouse warehouse --reports reports"
        })
public final class RunCommand extends JobCommand {
    @Option(
            names = "--manifest",
            paramLabel = "PATH",
            description = "Manifest of requests (default: that of the bundled guests).")
    private String manifest;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            description = "Folder of the report (default: ${DEFAULT-VALUE}).",
            defaultValue = "reports")
    private String reports;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Stop a guest that touches more memory, such as 512m; an executor's heap takes 1.5 times that"
                    + " (default: ${DEFAULT-VALUE}).",
            converter = ByteCount.class,
            defaultValue = ExecuteCommand.DEFAULT_MAX_MEMORY)
    private long maxMemory;

    @Override
    protected void check() {
        manifest();
        parameters();
        OutputOptions.to(Path.of(reports)).check();
    }

    private ExecutionParameters parameters() {
        return ExecutionParameters.of(ExecutionOptions.DEFAULT_MAX_CYCLES, maxMemory, SegmentLimits.DEFAULT_CYCLES);
    }

    private String manifest() {
        if (manifest != null) {
            return manifest;
        }
        String home = System.getProperty("firesteel.home");
        if (home == null) {
            throw new UserException(
                    "firesteel.home is not set, so the bundled guests cannot be found; give --manifest");
        }
        return Path.of(home, "guests", "manifest.json").toString();
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        IngestJob ingest = IngestJob.open(spark, List.of(manifest()), SourceKind.MANIFEST, null)
                .renaming();
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        return recordRun(warehouse, runId -> {
            ingest.run(warehouse, runId, out());
            ExecuteJob execute = ExecuteJob.open(warehouse, null, parameters(), ingest.requestIds());
            int status = ExecuteCommand.report(
                    execute.run(runId, ExecuteCommand.DEFAULT_RUNS_PER_COMMIT, out(), ExecuteJob.Checkpoint.NONE),
                    warehouse,
                    out());
            out().println("tables: " + warehouse.location());
            out().print("report: ");
            ExecutionsWriter.write(warehouse, ingest.requestIds(), OutputOptions.to(Path.of(reports)), out());
            return status;
        });
    }
}
