package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firesteel ingest}: sources become programs and witness rows. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Turn manifests, block witnesses and test fixtures into programs and witness rows.",
        footer = {
            "",
            "Rows that cannot be used go to the table quarantine, the others are kept. The exit status is 3 when",
            "a source cannot be read, or when every row of a source was refused.",
            "",
            "Example: firesteel ingest guests/manifest.json --warehouse warehouse",
            "Example: firesteel ingest blocks/ --program guests/transactions-root/transactions-root.elf"
        })
public final class IngestCommand extends JobCommand {
    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "Files or folders; see docs/witness.md.")
    private List<String> sources;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What the sources are: ${COMPLETION-CANDIDATES} (default: found out).")
    private SourceKind kind;

    @Option(names = "--program", paramLabel = "ELF", description = "Guest that runs the blocks of block witnesses.")
    private String program;

    @Override
    protected int run(SparkSession spark) throws Exception {
        IngestJob job = IngestJob.open(spark, sources, kind, program);
        Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
        return recordRun(warehouse, runId -> {
            IngestJob.Summary sum = job.run(warehouse, runId, out());
            out().printf(
                            "%d requests and %d programs added to %s%n",
                            sum.requests(), sum.programs(), warehouse.location());
            return 0;
        });
    }
}
