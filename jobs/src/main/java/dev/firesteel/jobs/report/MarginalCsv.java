package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.document.CsvFile;
import dev.firesteel.jobs.report.document.CsvText;
import dev.firesteel.schemas.MarginalFit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The CSV files of the marginal method: the raw one that is read, the published regression format, and our wider one. */
final class MarginalCsv {
    private static final List<String> REQUIRED =
            List.of("name", "opcode", "op_count", "gas_used", "zk_cycles", "proving_time_s");

    private MarginalCsv() {}

    /**
     * Reads {@code name,opcode,op_count,gas_used,zk_cycles,proving_time_s} and, where present, {@code sample}, {@code status}
     * ({@code success}, {@code timeout}, or another reason not to use the time) and {@code cold} ({@code true} or {@code false}).
     *
     * @throws dev.firesteel.cli.UserException with file and line if it is not such a file
     */
    static List<MarginalPoint> read(Path path, MarginalPoint.Series series) {
        List<MarginalPoint> points = new ArrayList<>();
        for (CsvFile.Row row : CsvFile.read(path, REQUIRED).rows()) {
            Long cycles = row.whole("zk_cycles");
            Long sample = row.whole("sample");
            if (sample != null && sample > Integer.MAX_VALUE) {
                throw row.wrong("sample", "is '" + sample + "'", "number the samples from 1");
            }
            points.add(new MarginalPoint(
                    series,
                    row.required("name"),
                    row.required("opcode"),
                    row.whole("op_count"),
                    row.whole("gas_used"),
                    // The ecosystem's files write 0 for "not measured".
                    cycles != null && cycles == 0 ? null : cycles,
                    false,
                    row.number("proving_time_s"),
                    sample == null ? null : sample.intValue(),
                    excluded(row)));
        }
        return compareCycles(points);
    }

    private static String excluded(CsvFile.Row row) {
        String status = row.text("status");
        if (!status.isEmpty() && !status.equals("success")) {
            return status;
        }
        return switch (row.text("cold")) {
            case "", "false" -> null;
            case "true" -> "cold";
            default -> throw row.wrong("cold", "is '" + row.text("cold") + "'", "write true or false");
        };
    }

    /** A fixture has one number of cycles: rows without it get it, rows that disagree are marked. */
    private static List<MarginalPoint> compareCycles(List<MarginalPoint> points) {
        Map<String, Set<Long>> cycles = new HashMap<>();
        for (MarginalPoint point : points) {
            if (point.cycles() != null) {
                cycles.computeIfAbsent(fixture(point), name -> new TreeSet<>()).add(point.cycles());
            }
        }
        return points.stream()
                .map(point -> {
                    Set<Long> seen = cycles.getOrDefault(fixture(point), Set.of());
                    return seen.isEmpty() ? point : point.withCycles(Collections.min(seen), seen.size() > 1);
                })
                .toList();
    }

    private static String fixture(MarginalPoint point) {
        return point.opcode() + "\u0001" + point.name();
    }

    /** {@code fits} with the opcodes in the order in which {@code points} first has them, as in the published files. */
    static List<MarginalFit> inOrderOf(List<MarginalPoint> points, List<MarginalFit> fits) {
        Map<String, Integer> first = new HashMap<>();
        points.forEach(point -> first.putIfAbsent(point.opcode(), first.size()));
        return fits.stream()
                .sorted(Comparator.comparing(fit -> first.get(fit.opcode())))
                .toList();
    }

    /** The published columns, one row for each opcode that has any line; NaN and missing values are empty. */
    static String regression(List<MarginalFit> fits) {
        List<String> header = new ArrayList<>(List.of(
                "opcode",
                "n_points",
                "min_op_count",
                "max_op_count",
                "min_gas",
                "max_gas",
                "max_zkcycles",
                "gas_per_op"));
        List<Relation> relations = List.of(Relation.GAS_CYCLES, Relation.GAS_PROVING, Relation.CYCLES_PROVING);
        for (Relation relation : relations) {
            header.addAll(List.of(relation.id() + "_slope", relation.id() + "_r2", relation.id() + "_std_err"));
        }
        CsvText csv = new CsvText(header);
        for (Map<Relation, MarginalFit> lines : byOpcode(fits).values()) {
            MarginalFit any = lines.get(Relation.COUNT_GAS);
            List<Object> row = new ArrayList<>();
            row.add(any.opcode());
            row.add(Math.max(
                    lines.get(Relation.GAS_PROVING).points(),
                    lines.get(Relation.GAS_CYCLES).points()));
            row.add(any.minOpCount());
            row.add(any.maxOpCount());
            row.add(any.minGas());
            row.add(any.maxGas());
            row.add(any.maxCycles());
            row.add(any.slope());
            for (Relation relation : relations) {
                MarginalFit line = lines.get(relation);
                row.add(line.slope());
                row.add(line.rSquared());
                row.add(line.slopeStdErrPublished());
            }
            csv.row(row);
        }
        return csv.toString();
    }

    /** One row for each line, fitted or not, with intervals, intercepts and reasons. */
    static String extended(List<MarginalFit> fits) {
        CsvText csv = new CsvText(List.of(
                "zkvm,zkvm_version,client,client_version,hardware_sha256,opcode,relation,slope_unit,status,quality,note,n_points,fixtures,samples,censored,excluded,slope,slope_std_err,slope_ci95_low,slope_ci95_high,intercept,r2,rmse,slope_std_err_published"
                        .split(",")));
        for (MarginalFit fit : fits) {
            List<Object> row = new ArrayList<>();
            row.addAll(List.of(fit.zkvm(), fit.zkvmVersion(), fit.client(), fit.clientVersion(), fit.hardwareSha256()));
            row.addAll(List.of(
                    fit.opcode(), fit.relation(), MarginalJob.relation(fit).unit(), fit.status(), fit.quality()));
            row.add(fit.note());
            row.addAll(List.of(fit.points(), fit.fixtures(), fit.samples(), fit.censored(), fit.excluded()));
            row.add(fit.slope());
            row.add(fit.slopeStdErr());
            row.add(fit.slopeCiLow());
            row.add(fit.slopeCiHigh());
            row.add(fit.intercept());
            row.add(fit.rSquared());
            row.add(fit.rmse());
            row.add(fit.slopeStdErrPublished());
            csv.row(row);
        }
        return csv.toString();
    }

    /** The lines of one series by opcode, in the order given. */
    static Map<String, Map<Relation, MarginalFit>> byOpcode(List<MarginalFit> fits) {
        Map<String, Map<Relation, MarginalFit>> byOpcode = new LinkedHashMap<>();
        for (MarginalFit fit : fits) {
            byOpcode.computeIfAbsent(fit.opcode(), opcode -> new LinkedHashMap<>())
                    .put(MarginalJob.relation(fit), fit);
        }
        return byOpcode;
    }
}
