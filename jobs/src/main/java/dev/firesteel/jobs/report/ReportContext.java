package dev.firesteel.jobs.report;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The block at the head of every report: what the numbers hold for. Facts come in the order in which they are added. */
final class ReportContext {
    static final String UNKNOWN = "not told by the input";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Map<String, String> facts = new LinkedHashMap<>();

    ReportContext(Instant now, String source) {
        facts.put("Date of the report", DATE.format(now));
        facts.put("Source", source);
        facts.put("Report made by", "firesteel " + CodeVersion.current());
    }

    /** Adds a fact; {@code null} or nothing becomes {@link #UNKNOWN}. */
    ReportContext add(String name, String value) {
        facts.put(name, value == null || value.isBlank() ? UNKNOWN : value);
        return this;
    }

    /** Adds the machines of runs. */
    ReportContext addMachines(Warehouse warehouse, Dataset<Row> runIds) {
        List<Row> machines = warehouse
                .readOrEmpty("environments")
                .join(runIds, "run_id")
                .select("cpu_model", "ram_bytes", "gpus", "jdk", "spark_version", "cores")
                .distinct()
                .collectAsList();
        return add("CPU", joined(machines, row -> row.getString(0) + ", " + row.getInt(5) + " cores"))
                .add("RAM", joined(machines, row -> Math.round(row.getLong(1) / (double) (1L << 30)) + " GiB"))
                .add("GPUs", joined(machines, row -> String.join(", ", row.<String>getList(2))))
                .add("JDK", joined(machines, row -> row.getString(3)))
                .add("Spark", joined(machines, row -> row.getString(4)));
    }

    /** Adds the versions of the code that wrote rows. */
    ReportContext addVersions(Dataset<Row> rows) {
        List<Row> versions = rows.select("code_version").distinct().collectAsList();
        return add("Firesteel", joined(versions, row -> row.getString(0)));
    }

    private static String joined(List<Row> rows, Function<Row, String> text) {
        return rows.stream()
                .map(text)
                .filter(value -> !value.isBlank())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("; "));
    }

    /** Adds what the user told on the command line; it overrides what was found. */
    ReportContext addAll(Map<String, String> told) {
        facts.putAll(told);
        return this;
    }

    Map<String, String> facts() {
        return facts;
    }
}
