package dev.firesteel.jobs.run;

import dev.firesteel.cli.ByteCount;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.execute.ExecuteCommand;
import dev.firesteel.jobs.execute.ExecuteJob;
import dev.firesteel.jobs.execute.ExecutionParameters;
import dev.firesteel.jobs.ingest.IngestJob;
import dev.firesteel.jobs.ingest.SourceKind;
import dev.firesteel.jobs.prove.CommitCommand;
import dev.firesteel.jobs.prove.CommitJob;
import dev.firesteel.jobs.prove.ProveCommand;
import dev.firesteel.jobs.prove.ProveJob;
import dev.firesteel.jobs.prove.ProvingOptions;
import dev.firesteel.jobs.prove.Selection;
import dev.firesteel.jobs.prove.VerifyCommand;
import dev.firesteel.jobs.prove.VerifyJob;
import dev.firesteel.jobs.report.ExecutionsWriter;
import dev.firesteel.jobs.report.OutputOptions;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.SegmentLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firesteel run}: ingest, execute, commit, prove, verify and report in one go. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Ingest a manifest, execute its guests, prove what they did, verify the proofs, and report.",
        footer = {
            "",
            "Running it again does nothing that has been done. Only requests of the manifest are worked on. One that the",
            "warehouse knows with another program or input, such as a guest that was rebuilt, is a new request ID@HASH;",
            "what was there stays.",
            "Exit status: 0 when all went as expected; 20 when a proof does not verify; else as of execute; else 1 when a",
            "request that can be proved was not. Bundled requests above --prove-max-cycles are named and left out.",
            "",
            "Examples:",
            "  firesteel run --warehouse warehouse --reports reports",
            "  firesteel run --manifest my/manifest.json --prove-max-cycles 50000000"
        })
public final class RunCommand extends JobCommand {
    /** Bundled requests above this are not proved unless asked for: every guest has one below it, and together they take minutes. */
    private static final long BUNDLED_MAX_CYCLES = 300_000;

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

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            description = "Most cycles of a segment (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + SegmentLimits.DEFAULT_CYCLES)
    private long segmentCycles;

    @Option(names = "--no-prove", description = "Only execute: neither commit nor prove nor verify.")
    private boolean noProve;

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Override
    protected void check() {
        manifest();
        parameters();
        proving.check();
        OutputOptions.to(Path.of(reports)).check();
    }

    private ExecutionParameters parameters() {
        return ExecutionParameters.of(ExecutionOptions.DEFAULT_MAX_CYCLES, maxMemory, segmentCycles);
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
            int proofs = noProve ? 0 : prove(warehouse, runId, ingest.requestIds());
            out().println("tables: " + warehouse.location());
            out().print("report: ");
            ExecutionsWriter.write(warehouse, ingest.requestIds(), OutputOptions.to(Path.of(reports)), out());
            if (proofs == VerifyCommand.EXIT_NOT_VERIFIED) {
                return proofs;
            }
            return status == 0 ? proofs : status;
        });
    }

    /** Commits, proves and verifies, and returns the exit status that this means. */
    private int prove(Warehouse warehouse, String runId, Set<String> requestIds) {
        if (manifest == null) {
            proving.defaultMaxCycles(BUNDLED_MAX_CYCLES);
        }
        Selection selection = proving.selection(requestIds, parameters().hash());
        CommitJob.Summary committed =
                CommitJob.open(warehouse, selection, proving.prover()).run(runId, out(), ExecuteJob.Checkpoint.NONE);
        ProveJob.Summary proved = ProveJob.open(warehouse, selection, proving.prover())
                .run(runId, ProveCommand.DEFAULT_PROOFS_PER_COMMIT, out(), ExecuteJob.Checkpoint.NONE);
        VerifyJob.Summary verified =
                VerifyJob.ofSelection(warehouse, selection, !proving.secure()).run(runId, out());
        out().printf("%d requests proved, %d verified%n", proved.requests() + proved.already(), verified.verified());
        int status = VerifyCommand.status(verified);
        return status != 0 ? status : Math.max(CommitCommand.status(committed), ProveCommand.status(proved));
    }
}
