package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firesteel import-results}: reads the ecosystem's result files into {@code benchmark_results}. */
@Command(
        name = "import-results",
        mixinStandardHelpOptions = true,
        description = "Read benchmark result files of the ecosystem into the table benchmark_results.",
        footer = {
            "",
            "Files that are no results become rows of quarantine. Importing again adds nothing.",
            "Examples:",
            "  firesteel import-results zkevm-benchmark-runs/data --warehouse warehouse",
            "  firesteel import-results --packed results.tar --warehouse warehouse"
        })
public final class ImportResultsCommand extends JobCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Folders or files of results: paths on the driver, or URIs of a file system that it reaches.")
    private List<String> paths = List.of();

    @Option(
            names = "--packed",
            paramLabel = "FILE",
            description = "A tar archive of results, plain or gzip, such as pack-results or tar writes.")
    private List<String> packed = List.of();

    private CompletableFuture<ResultCollector> reading;
    private long started;

    @Override
    protected void check() {
        if (paths.isEmpty() && packed.isEmpty()) {
            throw new UserException("nothing to import; give a PATH, or --packed FILE");
        }
        started = System.nanoTime();
        ResultSources sources = ResultSources.of(paths, packed);
        // Reading needs no Spark, and Spark's start leaves a core idle.
        reading = CompletableFuture.supplyAsync(sources::collect, task -> {
            Thread t = new Thread(task, "import-results");
            t.setDaemon(true);
            t.start();
        });
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        ResultCollector collected = collected();
        double readS = seconds();
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        return recordRun(warehouse, runId -> {
            ResultImporter.Counts counts = ResultImporter.write(warehouse, collected, runId);
            out().printf(
                            "%d results (%d new, %d twice), %d refused (%d new)%s, %d sidecars, %d other files%n",
                            collected.results(),
                            counts.newResults(),
                            collected.results() - counts.results(),
                            collected.refusals(),
                            counts.newRefusals(),
                            collected.refusals() == 0 ? "" : " " + collected.refusedByClass(),
                            collected.sidecars(),
                            collected.others());
            out().printf(
                            "%.1f MB read %.1f s, written %.1f s after the start%n",
                            collected.bytes() / 1e6, readS, seconds());
            out().flush();
            return 0;
        });
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private ResultCollector collected() {
        try {
            return reading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
