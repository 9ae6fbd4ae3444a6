package dev.firesteel.jobs.report;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.OutputFolder;
import dev.firesteel.jobs.report.document.Report;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.MarginalFit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firesteel report marginal}: costs per operation by regression (ethresear.ch 23955). */
@Command(
        name = "marginal",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Costs per operation: lines through fixtures that differ in the number of one operation only.",
            "Reads a CSV file (--input) or the table benchmark_results of a warehouse. With --warehouse the lines",
            "are also merged into the table marginal_fits."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firesteel report marginal --input raw-data.csv --output out/marginal",
            "  firesteel report marginal --warehouse warehouse --zkvm sp1 --output out/marginal"
        })
public final class MarginalCommand extends JobCommand {
    @Option(
            names = "--input",
            paramLabel = "CSV",
            description = "Runs: name,opcode,op_count,gas_used,zk_cycles,proving_time_s[,sample][,status][,cold].")
    private Path input;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Spec
    private CommandSpec command;

    private List<MarginalPoint> fromFile;

    /** What benchmark_results tells of the machines: CPU, memory in GiB, GPUs; empty for a file. */
    private List<Row> machines = List.of();

    @Override
    protected void check() {
        output.check();
        if (input != null) {
            // Before Spark starts: a wrong row should not cost ten seconds to hear of.
            fromFile = MarginalCsv.read(input, series.named());
        }
    }

    @Override
    protected int run(SparkSession spark) throws Exception {
        boolean toWarehouse =
                input == null || command.commandLine().getParseResult().hasMatchedOption("--warehouse");
        if (!toWarehouse) {
            return report(fromFile, MarginalJob.fit(MarginalJob.points(spark, fromFile), "", Instant.now()));
        }
        Warehouse warehouse = input == null
                ? Warehouse.existing(spark, warehouseLocation())
                : Warehouse.open(spark, warehouseLocation());
        Dataset<Row> points = input == null
                ? MarginalJob.points(warehouse.read("benchmark_results"), series)
                : MarginalJob.points(spark, fromFile);
        List<MarginalPoint> collected =
                points.collectAsList().stream().map(MarginalPoint::of).toList();
        if (collected.isEmpty()) {
            throw new UserException(warehouseLocation() + ": benchmark_results has no marginal fixtures" + series.text()
                    + "; import some with 'firesteel import-results' or widen the choice");
        }
        if (input == null) {
            machines = machines(warehouse.read("benchmark_results"), collected);
        }
        return recordRun(warehouse, runId -> {
            List<MarginalFit> fits = MarginalJob.fit(points, runId, Instant.now());
            warehouse.upsert("marginal_fits", MarginalFit.class, fits);
            return report(collected, fits);
        });
    }

    private int report(List<MarginalPoint> points, List<MarginalFit> fits) {
        Map<MarginalPoint.Series, List<MarginalFit>> bySeries = fits.stream()
                .collect(Collectors.groupingBy(MarginalJob::series, LinkedHashMap::new, Collectors.toList()));
        List<Block> blocks = new ArrayList<>();
        OutputFolder files = new OutputFolder();
        int number = 0;
        for (Map.Entry<MarginalPoint.Series, List<MarginalFit>> one : bySeries.entrySet()) {
            number++;
            boolean only = bySeries.size() == 1;
            String suffix = only ? "" : "-" + number;
            if (!only) {
                blocks.add(new Block.Heading(
                        "Series " + number + ": " + one.getKey().label()));
            }
            List<MarginalPoint> own = points.stream()
                    .filter(point -> point.series().equals(one.getKey()))
                    .toList();
            blocks.addAll(new MarginalReport(one.getValue(), own, only ? "" : "series-" + number + "-").blocks());
            files.add(
                    "regression" + suffix + ".csv",
                    MarginalCsv.regression(
                            fromFile == null ? one.getValue() : MarginalCsv.inOrderOf(fromFile, one.getValue())));
        }
        files.add("regression-extended.csv", MarginalCsv.extended(fits));
        output.write(files, new Report("Marginal costs per operation", context(points, fits), blocks), out());
        return 0;
    }

    private Map<String, String> context(List<MarginalPoint> points, List<MarginalFit> fits) {
        double seconds = points.stream()
                .filter(point -> point.provingSeconds() != null)
                .mapToDouble(MarginalPoint::provingSeconds)
                .sum();
        return new ReportContext(Instant.now(), input == null ? warehouseLocation() : input.toString())
                .add(
                        "Prover",
                        points.stream()
                                .map(point -> point.series().label())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining("; ")))
                .add("Mode", "execute once, prove each sample")
                .add("CPU", machine(row -> row.getString(0)))
                .add("RAM", machine(row -> row.isNullAt(1) ? null : row.getLong(1) + " GiB"))
                .add("GPUs", machine(row -> row.isNullAt(2) ? null : String.join(", ", row.<String>getList(2))))
                .addAll(output.context())
                .add(
                        "Operations",
                        Long.toString(fits.stream()
                                .map(MarginalFit::opcode)
                                .distinct()
                                .count()))
                .add(
                        "Fixtures",
                        Long.toString(points.stream()
                                .map(MarginalPoint::name)
                                .distinct()
                                .count()))
                .add("Runs", Integer.toString(points.size()))
                .add("Total proving time", Math.round(seconds) + " s")
                .facts();
    }

    private static List<Row> machines(Dataset<Row> results, List<MarginalPoint> points) {
        Object[] identities = points.stream()
                .map(point -> point.series().hardwareSha256())
                .distinct()
                .toArray();
        return results.filter(functions.col("hardware_sha256").isin(identities))
                .select("cpu_model", "total_ram_gib", "gpu_models")
                .distinct()
                .collectAsList();
    }

    private String machine(Function<Row, String> text) {
        return machines.stream()
                .map(text)
                .filter(value -> value != null && !value.isBlank())
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
    }
}
