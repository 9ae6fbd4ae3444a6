package dev.firesteel.jobs.report;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.report.document.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the cost model reads: runs with parameters, and the ratios of glue operations. */
final class CostModelInput {
    private static final String PARAMETER = "param_";
    private static final Pattern BRACKETS = Pattern.compile("\\[(.*)]");
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z][A-Za-z_]*)_(\\d+)");

    private CostModelInput() {}

    /**
     * Reads {@code name,opcode,op_count,proving_time_s} and any number of {@code param_<name>} columns; an empty parameter means that
     * the operation has no such parameter. Rows whose {@code status} is not {@code success}, or that are {@code cold}, are left out.
     *
     * @throws UserException with file and line if it is not such a file
     */
    static List<CostModel.Run> read(Path path) {
        CsvFile csv = CsvFile.read(path, List.of("name", "opcode", "op_count", "proving_time_s"));
        List<CostModel.Run> runs = new ArrayList<>();
        Map<String, CostModel.Run> first = new HashMap<>();
        for (CsvFile.Row row : csv.rows()) {
            String status = row.text("status");
            if (!status.isEmpty() && !status.equals("success")
                    || row.text("cold").equals("true")) {
                continue;
            }
            row.required("op_count");
            row.required("proving_time_s");
            Map<String, Double> parameters = new TreeMap<>();
            for (String column : csv.columns()) {
                if (column.startsWith(PARAMETER) && row.number(column) != null) {
                    parameters.put(column.substring(PARAMETER.length()), row.number(column));
                }
            }
            CostModel.Run run = new CostModel.Run(
                    row.required("opcode"),
                    row.required("name"),
                    row.whole("op_count"),
                    parameters,
                    row.number("proving_time_s"));
            CostModel.Run other = first.putIfAbsent(run.operation(), run);
            if (other != null && !other.parameters().keySet().equals(parameters.keySet())) {
                throw new UserException(path + ":" + row.line() + ": " + run.operation() + " has parameters "
                        + parameters.keySet() + " here and "
                        + other.parameters().keySet()
                        + " before; give every run of an operation the same ones");
            }
            runs.add(run);
        }
        if (runs.isEmpty()) {
            throw new UserException(path + ": no run succeeded; nothing to fit");
        }
        return runs;
    }

    /** Runs out of the points of benchmark results; parameters are the {@code name_number} parts of a fixture's brackets. */
    static List<CostModel.Run> of(List<MarginalPoint> points) {
        List<CostModel.Run> runs = new ArrayList<>();
        for (MarginalPoint point : points) {
            if (usable(point)) {
                runs.add(new CostModel.Run(
                        point.opcode(),
                        point.name(),
                        point.opCount(),
                        parameters(point.name()),
                        point.provingSeconds()));
            }
        }
        return runs;
    }

    /** Whether the point is a run that the model can use. */
    static boolean usable(MarginalPoint point) {
        return point.excluded() == null && point.provingSeconds() != null && point.opCount() != null;
    }

    /** {@code test_x[fork_Prague-rounds_12-op_count_300]} has the parameter {@code rounds = 12}. */
    static Map<String, Double> parameters(String fixture) {
        Map<String, Double> parameters = new TreeMap<>();
        Matcher brackets = BRACKETS.matcher(fixture);
        if (brackets.find()) {
            for (String part : brackets.group(1).split("-")) {
                Matcher token = TOKEN.matcher(part);
                if (token.matches() && !token.group(1).equals("op_count")) {
                    parameters.put(token.group(1), Double.valueOf(token.group(2)));
                }
            }
        }
        return parameters;
    }

    /**
     * Reads {@code operation,glue,ratio}: how many glue operations come with one operation.
     *
     * @throws UserException if a glue operation has no runs of its own
     */
    static List<CostModel.Ratio> ratios(Path path, Collection<CostModel.Run> runs) {
        Set<String> measured = new HashSet<>();
        runs.forEach(run -> measured.add(run.operation()));
        List<CostModel.Ratio> ratios = new ArrayList<>();
        for (CsvFile.Row row :
                CsvFile.read(path, List.of("operation", "glue", "ratio")).rows()) {
            String glue = row.required("glue");
            if (!measured.contains(glue)) {
                throw row.wrong("glue", "is '" + glue + "', which has no runs", "add runs of it or leave the row out");
            }
            row.required("ratio");
            ratios.add(new CostModel.Ratio(row.required("operation"), glue, row.number("ratio")));
        }
        return ratios;
    }
}
