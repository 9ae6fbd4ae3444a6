package dev.firesteel.jobs.report;

import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Warehouse;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code firesteel report proving}: what proofs cost. */
@Command(
        name = "proving",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What proofs cost: times by phase, percentiles, throughput, time against cycles and against the cost metric, cold",
            "and warm, price of a proof, batches, accelerators.",
            "Reads segment_proofs, proofs and what was executed; of several proofs of one thing the latest counts."
        },
        footerHeading = "%nExample:%n",
        footer = "  firesteel report proving --warehouse warehouse --price-per-hour 1.2 --output out/proving")
public final class ProvingCommand extends JobCommand {
    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--run", paramLabel = "ID", description = "Only what this run proved.")
    private String run;

    @Option(
            names = "--price-per-hour",
            paramLabel = "X",
            description = "Price of an hour of one machine with all its processors; without it no prices are given.")
    private Double pricePerHour;

    @Option(
            names = "--currency",
            paramLabel = "C",
            description = "What the price is in. Default: ${DEFAULT-VALUE}.",
            defaultValue = "USD")
    private String currency;

    @Override
    protected boolean recorded() {
        return false;
    }

    @Override
    protected void check() {
        if (pricePerHour != null && !(pricePerHour > 0 && Double.isFinite(pricePerHour))) {
            throw new ParameterException(
                    spec.commandLine(), "--price-per-hour is " + pricePerHour + ", must be greater than 0");
        }
        output.check();
    }

    @Override
    protected int run(SparkSession spark) {
        Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
        Price price = pricePerHour == null ? null : new Price(pricePerHour, currency);
        ProvingWriter.write(warehouse, run, price, output, out());
        return 0;
    }
}
