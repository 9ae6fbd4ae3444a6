package dev.firesteel.jobs.report;

import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firesteel report executions}: what executed requests cost. */
@Command(
        name = "executions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What executed requests cost: cycles, segments, throughput, outcomes, instruction families, batches.",
            "Reads the table executions; of several executions of one request the latest counts."
        },
        footerHeading = "%nExample:%n",
        footer = "  firesteel report executions --warehouse warehouse --output out/executions")
public final class ExecutionsCommand extends JobCommand {
    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--run", paramLabel = "ID", description = "Only rows that this run wrote.")
    private String run;

    @Override
    protected boolean recorded() {
        return false;
    }

    @Override
    protected void check() {
        output.check();
    }

    @Override
    protected int run(SparkSession spark) {
        Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
        ExecutionsWriter.write(warehouse, run, output, out());
        return 0;
    }
}
