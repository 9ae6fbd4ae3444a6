package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.ProvedSegment.Setting;
import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.chart.StackedBars;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.CsvText;
import dev.firesteel.jobs.report.stats.Percentile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a reader sees of proved segments: times by program and setting, phases, throughput of runs, first proofs against later ones. */
final class ProvingReport {
    private final List<ProvedSegment> segments;
    private final ProvingFits fits;
    private final RequestsReport requests;

    /** @param price of an hour of a machine, null when none was told */
    ProvingReport(List<ProvedSegment> segments, List<ProvedRequest> requests, Price price) {
        this.segments = segments.stream()
                .sorted(Comparator.comparing(ProvedSegment::program)
                        .thenComparing(ProvedSegment::setting)
                        .thenComparing(ProvedSegment::run)
                        .thenComparing(ProvedSegment::index))
                .toList();
        this.fits = new ProvingFits(this.segments, requests);
        this.requests = new RequestsReport(requests, price);
    }

    /** Segments of one program and setting. */
    private record Group(String program, Setting setting) {}

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Segments"));
        blocks.add(times());
        blocks.add(
                new Block.Paragraph(
                        "Times are wall times of the prover of one segment, without set-up. Cold proofs, the first of an executor,"
                                + " are left out of times and rates. Percentiles are interpolated between neighbouring proofs."));
        blocks.addAll(fits.blocks());
        phases(blocks);
        blocks.add(new Block.Heading("Throughput"));
        blocks.add(throughput());
        blocks.add(new Block.Paragraph(
                "From the start of a run's first proof to the end of its last one, whatever else was done"
                        + " meanwhile. Rates of all provers together."));
        cold(blocks);
        blocks.addAll(requests.blocks());
        return blocks;
    }

    private static double[] values(List<ProvedSegment> rows, ToDoubleFunction<ProvedSegment> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    private static double sum(List<ProvedSegment> rows, ToDoubleFunction<ProvedSegment> value) {
        return rows.stream().mapToDouble(value).sum();
    }

    private static List<ProvedSegment> warm(List<ProvedSegment> rows) {
        return rows.stream().filter(s -> !s.cold()).toList();
    }

    private <K> Map<K, List<ProvedSegment>> by(Function<ProvedSegment, K> key) {
        return segments.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private Block times() {
        List<List<String>> rows = new ArrayList<>();
        by(s -> new Group(s.program(), s.setting())).forEach((group, all) -> {
            List<ProvedSegment> warm = warm(all);
            double[] seconds = values(warm, s -> s.provingMs() / 1e3);
            double whole = sum(warm, s -> s.provingMs() / 1e3);
            double heap = all.stream()
                    .filter(s -> s.peakHeapBytes() != null)
                    .mapToDouble(s -> s.peakHeapBytes() / 1e6)
                    .max()
                    .orElse(Double.NaN);
            rows.add(List.of(
                    group.program,
                    group.setting.toString(),
                    Scale.whole(all.size()),
                    Scale.whole(all.size() - warm.size()),
                    Scale.whole((long) sum(all, ProvedSegment::cycles)),
                    Scale.significant(Percentile.of(seconds, 0.5), 4),
                    Scale.significant(Percentile.of(seconds, 0.95), 4),
                    Scale.significant(Percentile.of(seconds, 0.99), 4),
                    Scale.significant(sum(warm, ProvedSegment::cycles) / whole, 4),
                    Scale.significant(sum(warm, ProvedSegment::cells) / whole / 1e6, 4),
                    Scale.significant(Percentile.of(values(all, ProvedSegment::verificationMs), 0.5), 3),
                    Scale.significant(sum(all, ProvedSegment::proofBytes) / all.size() / 1e3, 4),
                    Scale.significant(heap, 4)));
        });
        return new Block.Table(
                List.of(
                        "program",
                        "proved with",
                        "segments",
                        "of them cold",
                        "cycles",
                        "P50, s",
                        "P95, s",
                        "P99, s",
                        "cycles/s",
                        "million cells/s",
                        "verifying, ms (P50)",
                        "proof, kB (mean)",
                        "heap, MB (most)"),
                rows);
    }

    private void phases(List<Block> blocks) {
        Map<String, Map<String, Double>> means = new TreeMap<>();
        Map<String, Double> totals = new LinkedHashMap<>();
        by(ProvedSegment::program).forEach((program, all) -> {
            List<ProvedSegment> rows = warm(all).isEmpty() ? all : warm(all);
            Map<String, Double> sums = new TreeMap<>();
            rows.forEach(s -> s.phases().forEach((phase, ms) -> sums.merge(phase, ms, Double::sum)));
            sums.replaceAll((phase, ms) -> ms / rows.size());
            sums.forEach((phase, ms) -> totals.merge(phase, ms, Double::sum));
            means.put(program, sums);
        });
        List<String> names = totals.keySet().stream()
                .sorted(Comparator.<String>comparingDouble(phase -> -totals.get(phase))
                        .thenComparing(phase -> phase))
                .toList();
        List<String> header = new ArrayList<>(List.of("program"));
        names.forEach(name -> header.add(name + ", ms"));
        List<List<String>> table = new ArrayList<>();
        Map<String, Map<String, Long>> shares = new TreeMap<>();
        means.forEach((program, sums) -> {
            List<String> row = new ArrayList<>(List.of(program));
            names.forEach(name -> row.add(Scale.significant(sums.getOrDefault(name, Double.NaN), 4)));
            table.add(row);
            Map<String, Long> micros = new TreeMap<>();
            sums.forEach((phase, ms) -> micros.put(phase, Math.round(1e3 * ms)));
            shares.put(program, micros);
        });
        blocks.add(new Block.Heading("Phases"));
        Plot plot = StackedBars.plot(
                "phases", "Proving time by phase", "Share of the time of a segment's prover", names, shares);
        if (plot != null) {
            blocks.add(new Block.Figure(plot));
        }
        blocks.add(new Block.Table(header, table));
        blocks.add(new Block.Paragraph("Mean of a segment; of programs that have warm proofs of these alone."));
    }

    private Block throughput() {
        List<List<String>> rows = new ArrayList<>();
        by(ProvedSegment::run).forEach((run, all) -> {
            Instant begin = all.stream()
                    .map(s -> s.provedAt().minusNanos(Math.round(1e6 * (s.provingMs() + s.verificationMs()))))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant end = all.stream()
                    .map(ProvedSegment::provedAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            double seconds = Duration.between(begin, end).toNanos() / 1e9;
            rows.add(List.of(
                    run,
                    begin.toString(),
                    Long.toString(
                            all.stream().map(ProvedSegment::executor).distinct().count()),
                    Scale.whole(all.size()),
                    Scale.whole((long) sum(all, ProvedSegment::cycles)),
                    Scale.significant(seconds, 4),
                    Scale.significant(sum(all, ProvedSegment::cycles) / seconds, 4),
                    Scale.significant(3600 * all.size() / seconds, 4)));
        });
        return new Block.Table(
                List.of("run", "first proof begun", "executors", "segments", "cycles", "s", "cycles/s", "segments/h"),
                rows);
    }

    private void cold(List<Block> blocks) {
        List<List<String>> rows = new ArrayList<>();
        by(s -> new Group(s.program(), s.setting())).forEach((group, all) -> {
            List<ProvedSegment> warm = warm(all);
            List<ProvedSegment> cold = all.stream().filter(ProvedSegment::cold).toList();
            if (cold.isEmpty()) {
                return;
            }
            double first = sum(cold, ProvedSegment::provingMs) / sum(cold, ProvedSegment::cells);
            double later =
                    warm.isEmpty() ? Double.NaN : sum(warm, ProvedSegment::provingMs) / sum(warm, ProvedSegment::cells);
            double[] setups = values(all.stream().filter(s -> s.setupMs() > 0).toList(), s -> s.setupMs() / 1e3);
            rows.add(List.of(
                    group.program,
                    group.setting.toString(),
                    Integer.toString(cold.size()),
                    Integer.toString(warm.size()),
                    Scale.significant(1e3 * first, 4),
                    Scale.significant(1e3 * later, 4),
                    Scale.significant(first / later, 3),
                    Integer.toString(setups.length),
                    Scale.significant(Percentile.of(setups, 0.5), 3)));
        });
        if (rows.isEmpty()) {
            return;
        }
        blocks.add(new Block.Heading("Cold and warm"));
        blocks.add(new Block.Table(
                List.of(
                        "program",
                        "proved with",
                        "cold",
                        "warm",
                        "cold, s per million cells",
                        "warm, s per million cells",
                        "cold : warm",
                        "waited for keys",
                        "keys, s (P50)"),
                rows));
        blocks.add(
                new Block.Paragraph(
                        "A cold proof is the first of an executor: its code is not compiled yet. Segments differ in size, so"
                                + " times are compared per cell. Keys are waited for where they were not loaded before the first task."));
    }

    /** Every segment, unrounded. */
    String segmentsCsv() {
        CsvText csv = new CsvText(List.of(
                "program_name",
                "run_id",
                "segment_index",
                "preset",
                "backend",
                "threads",
                "cold",
                "cycles",
                "committed_cells",
                "cost",
                "cost_metric",
                "proving_ms",
                "setup_ms",
                "verification_ms",
                "machine_ms",
                "proof_bytes",
                "peak_host_bytes"));
        for (ProvedSegment s : segments) {
            List<Object> row = new ArrayList<>(List.of(
                    s.program(),
                    s.run(),
                    s.index(),
                    s.setting().preset(),
                    s.setting().backend(),
                    s.setting().threads(),
                    s.cold(),
                    s.cycles(),
                    s.cells()));
            row.add(s.cost());
            row.add(s.costMetric());
            row.addAll(List.of(s.provingMs(), s.setupMs(), s.verificationMs(), s.machineMs(), s.proofBytes()));
            row.add(s.peakHeapBytes());
            csv.row(row);
        }
        return csv.toString();
    }

    /** Every phase of every segment. */
    String phasesCsv() {
        CsvText csv = new CsvText(List.of("program_name", "run_id", "segment_index", "cold", "phase", "ms"));
        for (ProvedSegment s : segments) {
            new TreeMap<>(s.phases())
                    .forEach((phase, ms) -> csv.row(List.of(s.program(), s.run(), s.index(), s.cold(), phase, ms)));
        }
        return csv.toString();
    }

    String fitsCsv() {
        return fits.csv();
    }

    String requestsCsv() {
        return requests.csv();
    }
}
