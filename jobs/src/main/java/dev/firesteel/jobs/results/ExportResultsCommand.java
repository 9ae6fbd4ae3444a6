package dev.firesteel.jobs.results;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firesteel export-results}: writes results, and our own executions, as the ecosystem's files. */
@Command(
        name = "export-results",
        mixinStandardHelpOptions = true,
        description = "Write benchmark_results and our own executions as result files of the ecosystem.",
        footer = {
            "",
            "Importing the files gives the same rows again.",
            "Example: firesteel export-results --out exported --warehouse warehouse --where \"zkvm = 'zisk'\""
        })
public final class ExportResultsCommand extends JobCommand {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write; must not hold anything.")
    private Path out;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Only rows of benchmark_results that meet this condition.")
    private String where;

    @Option(
            names = "--executions",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Also write the table executions as results of zkVM firesteel (default: yes).")
    private boolean executions;

    @Option(
            names = "--hardware",
            paramLabel = "NAME",
            defaultValue = "local",
            description = "Hardware folder of our own executions (default: ${DEFAULT-VALUE}).")
    private String hardware;

    @Option(
            names = "--hardware-json",
            paramLabel = "FILE",
            description = "hardware.json that describes the machine of our own executions.")
    private Path hardwareJson;

    @Option(
            names = "--fixture-set",
            paramLabel = "NAME",
            defaultValue = "firesteel",
            description = "Fixture set folder of our own executions (default: ${DEFAULT-VALUE}).")
    private String fixtureSet;

    @Option(
            names = "--client",
            paramLabel = "NAME-VERSION",
            description = "Client folder of our own executions, such as reth-v1.11.0 (default: none).")
    private String client;

    private Hardware machine;

    @Override
    protected boolean recorded() {
        return false;
    }

    @Override
    protected void check() {
        if (hardwareJson == null) {
            return;
        }
        try {
            machine = Hardware.read(Files.readAllBytes(hardwareJson));
        } catch (IOException e) {
            throw new UserException(hardwareJson + ": cannot be read (" + e.getMessage() + ")", e);
        } catch (BadResultException e) {
            throw new UserException(hardwareJson + ": no hardware.json (" + e.getMessage() + ")", e);
        }
    }

    @Override
    protected int run(SparkSession spark) {
        Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
        boolean results = warehouse.exists(ResultImporter.TABLE);
        boolean own = executions && warehouse.exists("executions");
        if (!results && !own) {
            throw new UserException(warehouse.location()
                    + ": holds neither benchmark_results nor executions; run import-results or execute first");
        }
        try (ResultExporter exporter = new ResultExporter(out)) {
            if (results) {
                exporter.write(results(warehouse));
            }
            if (own) {
                own(warehouse)
                        .forEachRemaining(row -> exporter.write(
                                OwnRuns.file(row),
                                OwnRuns.place(row, hardware, fixtureSet, client),
                                "execution",
                                machine,
                                null));
            }
            long written = exporter.finish();
            out().printf("%d results written to %s%n", written, out);
            out().flush();
        }
        return 0;
    }

    private Iterator<BenchmarkResult> results(Warehouse warehouse) {
        Dataset<Row> rows = warehouse.read(ResultImporter.TABLE);
        if (where != null) {
            try {
                rows = rows.where(where);
            } catch (Exception e) {
                // Spark is Scala: it throws its checked AnalysisException without declaring it.
                throw new UserException("--where: " + Messages.firstLine(e), e);
            }
        }
        RowCodec<BenchmarkResult> codec = RowCodec.of(ResultImporter.TABLE, BenchmarkResult.class);
        // Earlier runs first: the numbers of repeats do not change when later ones are added.
        return records(rows.orderBy("completed_at", "result_id"), codec::fromRow);
    }

    private static Iterator<Execution> own(Warehouse warehouse) {
        RowCodec<Execution> codec = RowCodec.of("executions", Execution.class);
        return records(
                warehouse.read("executions").orderBy("executed_at", "request_id", "program_hash", "input_hash"),
                codec::fromRow);
    }

    private static <R> Iterator<R> records(Dataset<Row> rows, Function<Row, R> record) {
        Iterator<Row> source = rows.toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public R next() {
                return record.apply(source.next());
            }
        };
    }
}
