package dev.firesteel.jobs.report;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.report.document.OutputFolder;
import dev.firesteel.jobs.report.document.Report;
import dev.firesteel.jobs.spark.Warehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firesteel report cost-model}: costs of operations whose price depends on parameters. */
@Command(
        name = "cost-model",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Costs of operations that depend on parameters (rounds, pairs, message size): non-negative least squares",
            "of the run time, bootstrap intervals, glue operations taken off, gas proposals."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firesteel report cost-model --input runs.csv --glue glue.csv --anchor 1000000 --output out/costs",
            "  firesteel report cost-model --warehouse warehouse --zkvm sp1 --hardware 3f2a --output out/costs"
        })
public final class CostModelCommand extends JobCommand {
    @Option(
            names = "--input",
            paramLabel = "CSV",
            description =
                    "Runs: name,opcode,op_count,proving_time_s[,param_NAME…][,status][,cold]. Without it, the table"
                            + " benchmark_results, with parameters from the fixtures' names.")
    private Path input;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--glue",
            paramLabel = "CSV",
            description = "Glue operations: operation,glue,ratio (how many of them come with one operation).")
    private Path glue;

    @Option(
            names = "--anchor",
            paramLabel = "N",
            description = "Gas per second, for proposals. Without it there are none.")
    private Double anchor;

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples (default: ${DEFAULT-VALUE}).")
    private int resamples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the resampling (default: ${DEFAULT-VALUE}); the same seed gives the same numbers.")
    private long seed;

    private List<CostModel.Run> runs;

    @Override
    protected boolean recorded() {
        return false;
    }

    @Override
    protected void check() {
        output.check();
        if (resamples < 20) {
            throw new UserException("--resamples " + resamples + ": at least 20 are needed for a 95 % interval");
        }
        if (anchor != null && !(anchor > 0 && Double.isFinite(anchor))) {
            throw new UserException("--anchor " + anchor + ": give gas per second, above 0");
        }
        if (input != null) {
            runs = CostModelInput.read(input);
        }
    }

    @Override
    protected int run(SparkSession spark) {
        if (input == null) {
            runs = fromWarehouse(spark);
        }
        List<CostModel.Ratio> ratios = glue == null ? List.of() : CostModelInput.ratios(glue, runs);
        List<CostModel.Problem> problems = CostModel.problems(runs);
        CostModel.Problem joint = CostModel.joint(runs, ratios);
        List<CostModel.Problem> all = new ArrayList<>(problems);
        if (joint != null) {
            all.add(joint);
        }
        CostModelReport report = new CostModelReport(
                problems, joint, CostModelJob.estimate(spark, all, resamples, seed), ratios, anchor);
        Map<String, String> context = new ReportContext(
                        Instant.now(), input == null ? warehouseLocation() : input.toString())
                .add("Prover", series.zkvm())
                .add("Hardware", series.hardware())
                .add("Mode", "run time by parameters, non-negative least squares")
                .add("CPU", null)
                .add("RAM", null)
                .addAll(output.context())
                .add("Operations", Integer.toString(problems.size()))
                .add("Runs", Integer.toString(runs.size()))
                .add("Glue", glue == null ? "none taken off" : glue.toString())
                .add("Anchor", anchor == null ? "none" : anchor + " gas per second")
                .add("Bootstrap", resamples + " resamples, seed " + seed)
                .facts();
        OutputFolder files = new OutputFolder().add("cost-model.csv", report.csv());
        output.write(files, new Report("Cost model", context, report.blocks()), out());
        return 0;
    }

    private List<CostModel.Run> fromWarehouse(SparkSession spark) {
        Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
        List<MarginalPoint> points =
                MarginalJob.points(warehouse.read("benchmark_results"), series).collectAsList().stream()
                        .map(MarginalPoint::of)
                        .filter(CostModelInput::usable)
                        .toList();
        if (points.isEmpty()) {
            throw new UserException(warehouseLocation() + ": benchmark_results has no proven runs of marginal fixtures"
                    + series.text() + "; import some with 'firesteel import-results' or widen the choice");
        }
        List<MarginalPoint.Series> found =
                points.stream().map(MarginalPoint::series).distinct().sorted().toList();
        if (found.size() > 1) {
            throw new UserException(warehouseLocation() + ": benchmark_results holds runs of " + found.size()
                    + " provers or machines (" + SeriesOptions.some(found)
                    + "); choose one with --zkvm, --client and --hardware");
        }
        return CostModelInput.of(points);
    }
}
