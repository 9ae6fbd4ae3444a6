package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.BarChart;
import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.CsvText;
import dev.firesteel.jobs.report.stats.Percentile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a reader sees of proved requests: time and price of a proof, of an update in a batch, with accelerators and without. */
final class RequestsReport {
    /** How a program is called that does in software what the one of the same name has an accelerator for. */
    static final String SOFTWARE = "-software";

    private final List<ProvedRequest> requests;
    private final Price price;

    /** @param price null when none was told */
    RequestsReport(List<ProvedRequest> requests, Price price) {
        this.requests = requests.stream()
                .sorted(Comparator.comparing(ProvedRequest::program)
                        .thenComparing(ProvedRequest::preset)
                        .thenComparing(ProvedRequest::requestId))
                .toList();
        this.price = price;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        if (requests.isEmpty()) {
            return blocks;
        }
        blocks.add(new Block.Heading("Requests"));
        blocks.add(programs());
        blocks.add(new Block.Paragraph(
                "Proving is the sum over a request's segments. Machine time has set-up and verification besides, and counts the"
                        + " share of its processors that a prover has; the price is that of machine time."
                        + (price == null ? " Give --price-per-hour for prices." : "")));
        batches(blocks);
        software(blocks);
        return blocks;
    }

    private Block programs() {
        List<List<String>> rows = new ArrayList<>();
        grouped(r -> r.program() + "\n" + r.kind() + "\n" + r.preset()).values().forEach(all -> {
            ProvedRequest one = all.get(0);
            double[] seconds =
                    all.stream().mapToDouble(r -> r.provingMs() / 1e3).toArray();
            List<String> row = new ArrayList<>(List.of(
                    one.program(),
                    one.kind(),
                    one.preset(),
                    Scale.whole(all.size()),
                    Scale.significant(mean(all, ProvedRequest::cycles), 4),
                    Scale.significant(mean(all, ProvedRequest::segments), 3),
                    Scale.significant(Percentile.of(seconds, 0.5), 4),
                    Scale.significant(Percentile.of(seconds, 0.95), 4),
                    Scale.significant(Percentile.of(seconds, 0.99), 4),
                    Scale.significant(mean(all, r -> r.proofBytes() / 1e3), 4),
                    Scale.significant(mean(all, r -> machineMs(r) / 1e3), 4)));
            if (price != null) {
                row.add(Scale.significant(mean(all, this::price), 4));
                row.add(Scale.significant(1e6 * sum(all, this::price) / sum(all, ProvedRequest::cycles), 4));
                row.add(Scale.significant(1e6 * per(all, ProvedRequest::gas), 4));
                row.add(Scale.significant(per(all, ProvedRequest::transactions), 4));
            }
            rows.add(row);
        });
        List<String> header = new ArrayList<>(List.of(
                "program",
                "kind",
                "preset",
                "requests",
                "cycles, mean",
                "segments, mean",
                "proving P50, s",
                "P95, s",
                "P99, s",
                "proof, kB (mean)",
                "machine, s (mean)"));
        if (price != null) {
            header.addAll(List.of(
                    price.currency() + " per proof",
                    price.currency() + " per million cycles",
                    price.currency() + " per million gas",
                    price.currency() + " per transaction"));
        }
        return new Block.Table(header, rows);
    }

    /** Price of the requests that tell a count, over the sum of their counts; NaN when none does. */
    private double per(List<ProvedRequest> all, Function<ProvedRequest, Long> count) {
        List<ProvedRequest> known = all.stream()
                .filter(r -> count.apply(r) != null && count.apply(r) > 0)
                .toList();
        return known.isEmpty() ? Double.NaN : sum(known, this::price) / sum(known, r -> count.apply(r));
    }

    private void batches(List<Block> blocks) {
        List<ProvedRequest> batches = requests.stream()
                .filter(r -> r.updates() != null && r.updates() > 0)
                .toList();
        if (batches.isEmpty()) {
            return;
        }
        Map<String, Map<Long, List<ProvedRequest>>> sizes = batches.stream()
                .collect(Collectors.groupingBy(
                        r -> r.program() + ", " + r.preset(),
                        TreeMap::new,
                        Collectors.groupingBy(ProvedRequest::updates, TreeMap::new, Collectors.toList())));
        List<List<String>> rows = new ArrayList<>();
        List<BarChart.Bar> bars = new ArrayList<>();
        sizes.forEach((program, bySize) -> {
            double alone = bySize.containsKey(1L) ? mean(bySize.get(1L), ProvedRequest::provingMs) : Double.NaN;
            bySize.forEach((updates, all) -> {
                double each = mean(all, ProvedRequest::provingMs) / updates;
                rows.add(List.of(
                        program,
                        Scale.whole(updates),
                        Scale.whole(all.size()),
                        Scale.significant(mean(all, ProvedRequest::cycles) / updates, 4),
                        Scale.significant(mean(all, ProvedRequest::cost) / updates, 4),
                        Scale.significant(each / 1e3, 4),
                        Scale.significant(alone / each, 3),
                        price == null ? "–" : Scale.significant(mean(all, this::price) / updates, 4)));
                bars.add(new BarChart.Bar(program + ", " + updates + " updates", each / 1e3, Double.NaN));
            });
        });
        blocks.add(new Block.Heading("Batches of state updates"));
        blocks.add(new Block.Table(
                List.of(
                        "program",
                        "updates",
                        "requests",
                        "cycles per update",
                        "cost per update",
                        "proving per update, s",
                        "times cheaper than alone",
                        price == null ? "price per update" : price.currency() + " per update"),
                rows));
        Plot plot = BarChart.plot(
                "proving-per-update", "Proving time of an update by size of the batch", "", "s per update", bars);
        if (plot != null) {
            blocks.add(new Block.Figure(plot));
        }
    }

    /** Requests on the same input of a program and of its software variant. */
    private void software(List<Block> blocks) {
        List<List<String>> rows = new ArrayList<>();
        for (ProvedRequest slow : requests) {
            if (!slow.program().endsWith(SOFTWARE)) {
                continue;
            }
            String name = slow.program().substring(0, slow.program().length() - SOFTWARE.length());
            requests.stream()
                    .filter(fast -> fast.program().equals(name)
                            && fast.inputHash().equals(slow.inputHash())
                            && fast.preset().equals(slow.preset()))
                    .findFirst()
                    .ifPresent(fast -> rows.add(List.of(
                            name,
                            fast.requestId(),
                            fast.preset(),
                            Scale.whole(slow.cycles()),
                            Scale.whole(fast.cycles()),
                            Scale.significant((double) slow.cycles() / fast.cycles(), 3),
                            Scale.significant((double) slow.cost() / fast.cost(), 3),
                            Scale.significant(slow.provingMs() / 1e3, 4),
                            Scale.significant(fast.provingMs() / 1e3, 4),
                            Scale.significant(slow.provingMs() / fast.provingMs(), 3))));
        }
        if (rows.isEmpty()) {
            return;
        }
        blocks.add(new Block.Heading("Software and accelerators"));
        blocks.add(new Block.Table(
                List.of(
                        "program",
                        "request",
                        "preset",
                        "cycles in software",
                        "with accelerator",
                        "cycles, ratio",
                        "cost, ratio",
                        "proving in software, s",
                        "with accelerator, s",
                        "time, ratio"),
                rows));
        blocks.add(new Block.Paragraph(
                "The same input to a program and to the one called as it is with " + SOFTWARE + " behind."));
    }

    private Map<String, List<ProvedRequest>> grouped(Function<ProvedRequest, String> key) {
        return requests.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static double machineMs(ProvedRequest request) {
        return Objects.requireNonNullElse(request.machineMs(), Double.NaN);
    }

    private double price(ProvedRequest request) {
        return price.of(machineMs(request));
    }

    private static double sum(List<ProvedRequest> rows, ToDoubleFunction<ProvedRequest> value) {
        return rows.stream().mapToDouble(value).sum();
    }

    private static double mean(List<ProvedRequest> rows, ToDoubleFunction<ProvedRequest> value) {
        return sum(rows, value) / rows.size();
    }

    /** Every request, unrounded. */
    String csv() {
        CsvText csv = new CsvText(List.of(
                "request_id",
                "program_name",
                "kind",
                "preset",
                "segments",
                "cycles",
                "cost",
                "cost_metric",
                "proving_ms",
                "verification_ms",
                "machine_ms",
                "cold",
                "proof_bytes",
                "updates",
                "gas_used",
                "transaction_count",
                "price"));
        for (ProvedRequest r : requests) {
            List<Object> row = new ArrayList<>(List.of(
                    r.requestId(),
                    r.program(),
                    r.kind(),
                    r.preset(),
                    r.segments(),
                    r.cycles(),
                    r.cost(),
                    r.costMetric(),
                    r.provingMs(),
                    r.verificationMs()));
            row.add(r.machineMs());
            row.add(r.cold());
            row.add(r.proofBytes());
            row.add(r.updates());
            row.add(r.gas());
            row.add(r.transactions());
            row.add(price == null ? null : Double.valueOf(price(r)));
            csv.row(row);
        }
        return csv.toString();
    }
}
