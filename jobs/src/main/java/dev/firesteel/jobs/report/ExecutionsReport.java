package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.BarChart;
import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.chart.StackedBars;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.CsvText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** What a reader sees of {@code executions}. */
final class ExecutionsReport {
    private final List<Row> groups;
    private final List<Row> outcomes;
    private final List<Row> batches;
    private final Map<String, Map<String, Long>> families;

    ExecutionsReport(ExecutionsJob job) {
        this.groups = job.groups();
        this.outcomes = job.outcomes();
        this.batches = job.batches();
        this.families = job.families();
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Outcomes"));
        blocks.add(table(outcomes, List.of("outcome", "detail", "requests"), List.of("outcome", "detail", "requests")));
        blocks.add(table(
                groups,
                List.of(
                        "program",
                        "kind",
                        "requests",
                        "exit code 0",
                        "other exit code",
                        "trapped",
                        "cycle limit",
                        "memory limit",
                        "wrong output"),
                List.of(
                        "program_name",
                        "kind",
                        "requests",
                        "succeeded",
                        "exit_nonzero",
                        "trapped",
                        "cycle_limit",
                        "memory_limit",
                        "wrong_output")));
        blocks.add(new Block.Heading("Cycles"));
        add(blocks, bars("cycles", "Cycles per request (median)", "cycles", "cycles_p50"));
        blocks.add(table(
                groups,
                List.of(
                        "program",
                        "kind",
                        "mean",
                        "P50",
                        "P95",
                        "P99",
                        "cycles per gas",
                        "segments, mean",
                        "segments, most"),
                List.of(
                        "program_name",
                        "kind",
                        "cycles_mean",
                        "cycles_p50",
                        "cycles_p95",
                        "cycles_p99",
                        "cycles_per_gas",
                        "segments_mean",
                        "segments_max")));
        blocks.add(new Block.Paragraph(
                "Cycles are executed instructions. Cycles per gas is the sum of cycles over the sum of gas of the"
                        + " requests that halted and whose gas is known."));
        blocks.add(new Block.Heading("Emulator"));
        add(blocks, bars("throughput", "Emulator throughput", "million instructions per second", "mips"));
        blocks.add(table(
                groups,
                List.of("program", "kind", "P50, ms", "P95, ms", "P99, ms", "million instructions/s"),
                List.of("program_name", "kind", "ms_p50", "ms_p95", "ms_p99", "mips")));
        batches(blocks);
        blocks.add(new Block.Heading("Instruction families"));
        add(blocks, families());
        blocks.add(familyTable());
        blocks.add(new Block.Heading("Memory"));
        blocks.add(table(
                groups,
                List.of("program", "kind", "misaligned accesses", "per million cycles", "touched 8-byte words, mean"),
                List.of("program_name", "kind", "misaligned", "misaligned_per_million", "touched_words_mean")));
        return blocks;
    }

    /** One line for each program and kind, every figure. */
    String groupsCsv() {
        return csv(groups);
    }

    String batchesCsv() {
        return batches.isEmpty()
                ? "program_name,updates,requests,cycles,cycles_per_update,ms_per_update,segments\n"
                : csv(batches);
    }

    String familiesCsv() {
        CsvText csv = new CsvText(List.of("program_name", "family", "instructions"));
        families.forEach((program, counts) -> counts.forEach((family, n) -> csv.row(List.of(program, family, n))));
        return csv.toString();
    }

    private void batches(List<Block> blocks) {
        if (batches.isEmpty()) {
            return;
        }
        Map<String, Double> single = new HashMap<>();
        for (Row row : batches) {
            if (row.<Long>getAs("updates") == 1) {
                single.put(row.getAs("program_name"), row.getAs("cycles_per_update"));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (Row row : batches) {
            double perUpdate = row.getAs("cycles_per_update");
            Double one = single.get(row.<String>getAs("program_name"));
            rows.add(List.of(
                    row.getAs("program_name"),
                    Long.toString(row.getAs("updates")),
                    text(row.getAs("requests")),
                    text(row.getAs("cycles")),
                    text(perUpdate),
                    one == null ? "–" : Scale.significant(100 * perUpdate / one, 4),
                    text(row.getAs("ms_per_update")),
                    text(row.getAs("segments"))));
        }
        blocks.add(new Block.Heading("Batches of state updates"));
        blocks.add(new Block.Table(
                List.of(
                        "program",
                        "updates",
                        "requests",
                        "cycles",
                        "cycles per update",
                        "% of one alone",
                        "emulator ms per update",
                        "segments"),
                rows));
        add(
                blocks,
                BarChart.plot(
                        "cycles-per-update",
                        "Cycles per update by size of the batch",
                        "",
                        "cycles per update",
                        batches.stream()
                                .map(row -> new BarChart.Bar(
                                        row.getAs("program_name") + ", " + row.getAs("updates") + " updates",
                                        row.<Double>getAs("cycles_per_update"),
                                        Double.NaN))
                                .toList()));
    }

    private Plot bars(String name, String title, String unit, String column) {
        return BarChart.plot(
                name,
                title,
                "By program and kind",
                unit,
                groups.stream()
                        .map(row -> new BarChart.Bar(label(row), number(row.getAs(column)), Double.NaN))
                        .sorted(Comparator.comparing(BarChart.Bar::value).reversed())
                        .toList());
    }

    private Plot families() {
        Map<String, Long> totals = new HashMap<>();
        families.values().forEach(counts -> counts.forEach((family, n) -> totals.merge(family, n, Long::sum)));
        List<String> parts = totals.keySet().stream()
                .sorted(Comparator.comparing((String family) -> -totals.get(family))
                        .thenComparing(family -> family))
                .toList();
        return StackedBars.plot(
                "families", "Executed instructions by family", "Share of each program's instructions", parts, families);
    }

    private Block familyTable() {
        List<String> names = families.values().stream()
                .flatMap(counts -> counts.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> header = new ArrayList<>(List.of("program"));
        names.forEach(name -> header.add(name + ", %"));
        List<List<String>> rows = new ArrayList<>();
        families.forEach((program, counts) -> {
            double total = counts.values().stream().mapToLong(Long::longValue).sum();
            List<String> row = new ArrayList<>(List.of(program));
            names.forEach(name ->
                    row.add(total == 0 ? "–" : Scale.significant(100 * counts.getOrDefault(name, 0L) / total, 3)));
            rows.add(row);
        });
        return new Block.Table(header, rows);
    }

    private static void add(List<Block> blocks, Plot plot) {
        if (plot != null) {
            blocks.add(new Block.Figure(plot));
        }
    }

    private static String label(Row row) {
        String program = row.getAs("program_name");
        String kind = row.getAs("kind");
        return program.equals(kind) ? program : program + " (" + kind + ")";
    }

    private static Block table(List<Row> from, List<String> header, List<String> columns) {
        return new Block.Table(
                header,
                from.stream()
                        .map(row -> columns.stream()
                                .map(column -> text(row.getAs(column)))
                                .toList())
                        .toList());
    }

    private static String text(Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof Double number) {
            return Scale.significant(number, 4);
        }
        return value instanceof Long || value instanceof Integer
                ? Scale.whole(((Number) value).longValue())
                : value.toString();
    }

    private static double number(Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    private static String csv(List<Row> rows) {
        CsvText csv = new CsvText(Arrays.asList(rows.get(0).schema().fieldNames()));
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(row.get(i));
            }
            csv.row(cells);
        }
        return csv.toString();
    }

    /** Programs, requests and cycles in all, for the head of the report. */
    Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put(
                "Programs",
                Long.toString(
                        groups.stream().map(row -> row.getString(0)).distinct().count()));
        totals.put(
                "Requests",
                Scale.whole(groups.stream()
                        .mapToLong(row -> row.<Long>getAs("requests"))
                        .sum()));
        return totals;
    }
}
