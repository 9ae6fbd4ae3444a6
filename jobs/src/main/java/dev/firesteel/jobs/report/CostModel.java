package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.stats.Bootstrap;
import dev.firesteel.jobs.report.stats.NonNegativeLeastSquares;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Run time as a non-negative combination of terms: {@code seconds = c₀ + c₁·count + Σ cₚ·count·p} for the parameters p of an operation
 * (rounds, pairs, message size), and one joint fit of the glue operations that stand around the others.
 */
final class CostModel {
    static final double LEVEL = 0.95;
    static final double SIGNIFICANT = 0.05;
    static final String JOINT = "(glue operations, joint fit)";
    static final String START = "start";
    static final String COUNT = "count";

    private CostModel() {}

    /**
     * One run.
     *
     * @param parameters by name; those that not every run of an operation has are no terms
     * @param seconds run time
     */
    record Run(String operation, String name, long count, Map<String, Double> parameters, double seconds) {}

    /** How many {@code glue} operations come with one {@code operation}. */
    record Ratio(String operation, String glue, double ratio) {}

    /**
     * A system to solve; travels to executors.
     *
     * @param label the operation, or {@link #JOINT}
     * @param terms names of the columns
     * @param rows one array per run, as long as {@code terms}
     * @param seconds one value per run
     */
    record Problem(String label, List<String> terms, double[][] rows, double[] seconds) implements Serializable {

        double[] solve() {
            return NonNegativeLeastSquares.solve(rows, seconds);
        }

        /** The solution for one bootstrap resample of the rows. */
        double[] resample(long seed, int number) {
            int[] picked = Bootstrap.indices(rows.length, seed, label, number);
            double[][] sample = new double[rows.length][];
            double[] values = new double[rows.length];
            for (int i = 0; i < picked.length; i++) {
                sample[i] = rows[picked[i]];
                values[i] = seconds[picked[i]];
            }
            return NonNegativeLeastSquares.solve(sample, values);
        }

        /** Share of the variance of the run time that the solution explains; NaN where it does not vary. */
        double rSquared(double[] solution) {
            double mean = 0;
            for (double value : seconds) {
                mean += value / seconds.length;
            }
            double sse = 0;
            double total = 0;
            for (int i = 0; i < seconds.length; i++) {
                double residual = seconds[i];
                for (int j = 0; j < solution.length; j++) {
                    residual -= rows[i][j] * solution[j];
                }
                sse += residual * residual;
                total += (seconds[i] - mean) * (seconds[i] - mean);
            }
            return total == 0 ? Double.NaN : 1 - sse / total;
        }
    }

    /**
     * One coefficient.
     *
     * @param seconds at least 0: of the start, per operation, or per operation and unit of the parameter
     * @param low lower end of the percentile interval
     * @param high upper end
     * @param pValue share of resamples in which it is zero
     */
    record Estimate(String label, String term, double seconds, double low, double high, double pValue) {
        boolean significant() {
            return pValue < SIGNIFICANT;
        }
    }

    /** The system of each operation, by name. */
    static List<Problem> problems(Collection<Run> runs) {
        Map<String, List<Run>> byOperation =
                runs.stream().collect(Collectors.groupingBy(Run::operation, TreeMap::new, Collectors.toList()));
        List<Problem> problems = new ArrayList<>();
        byOperation.forEach((operation, own) -> {
            List<String> parameters = varying(own);
            List<String> terms = new ArrayList<>(List.of(START, COUNT));
            parameters.forEach(parameter -> terms.add("count × " + parameter));
            double[][] rows = new double[own.size()][terms.size()];
            double[] seconds = new double[own.size()];
            for (int i = 0; i < rows.length; i++) {
                Run run = own.get(i);
                rows[i][0] = 1;
                rows[i][1] = run.count();
                for (int j = 0; j < parameters.size(); j++) {
                    // Without operations a fixture need not name what they would have been given.
                    rows[i][2 + j] = run.count() == 0
                            ? 0
                            : run.count() * run.parameters().get(parameters.get(j));
                }
                seconds[i] = run.seconds();
            }
            problems.add(new Problem(operation, List.copyOf(terms), rows, seconds));
        });
        return problems;
    }

    /**
     * A parameter that never changes cannot be told from the cost of the operation itself, and one that some runs do not name
     * has no value there, so neither is a term.
     */
    private static List<String> varying(List<Run> runs) {
        List<Map<String, Double>> given = runs.stream()
                .filter(run -> run.count() > 0)
                .map(Run::parameters)
                .toList();
        Set<String> names = new TreeSet<>();
        given.forEach(parameters -> names.addAll(parameters.keySet()));
        return names.stream()
                .filter(name -> given.stream().allMatch(parameters -> parameters.containsKey(name)))
                .filter(name -> given.stream()
                                .map(parameters -> parameters.get(name))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    /**
     * The joint system of the glue operations: a start for the runs of each, and a column for each that counts it wherever it
     * occurs, as the target or as glue of another.
     *
     * @return {@code null} without glue
     */
    static Problem joint(Collection<Run> runs, List<Ratio> ratios) {
        List<String> glue = ratios.stream().map(Ratio::glue).distinct().sorted().toList();
        if (glue.isEmpty()) {
            return null;
        }
        Map<String, Map<String, Double>> by = byOperation(ratios);
        List<Run> own =
                runs.stream().filter(run -> glue.contains(run.operation())).toList();
        int n = glue.size();
        List<String> terms = new ArrayList<>();
        glue.forEach(name -> terms.add(START + " of " + name));
        terms.addAll(glue);
        double[][] rows = new double[own.size()][2 * n];
        double[] seconds = new double[own.size()];
        for (int i = 0; i < rows.length; i++) {
            Run run = own.get(i);
            rows[i][glue.indexOf(run.operation())] = 1;
            for (int j = 0; j < n; j++) {
                double each = by.getOrDefault(run.operation(), Map.of()).getOrDefault(glue.get(j), 0.0);
                each += glue.get(j).equals(run.operation()) ? 1 : 0;
                rows[i][n + j] = run.count() * each;
            }
            seconds[i] = run.seconds();
        }
        return new Problem(JOINT, List.copyOf(terms), rows, seconds);
    }

    /**
     * Coefficients with intervals and p-values.
     *
     * @param resamples solutions of the bootstrap, one array each
     */
    static List<Estimate> estimates(Problem problem, List<double[]> resamples) {
        double[] solution = problem.solve();
        List<Estimate> estimates = new ArrayList<>();
        for (int j = 0; j < solution.length; j++) {
            int term = j;
            double[] values =
                    resamples.stream().mapToDouble(resample -> resample[term]).toArray();
            double[] interval = Bootstrap.interval(values, LEVEL);
            estimates.add(new Estimate(
                    problem.label(),
                    problem.terms().get(j),
                    solution[j],
                    interval[0],
                    interval[1],
                    Bootstrap.pValueOfZero(values)));
        }
        return estimates;
    }

    /**
     * Seconds of one operation without its glue: {@code slope − Σ ratioᵢ × runtimeᵢ} over significant glue, never below zero.
     *
     * @param slope seconds per operation, glue included
     * @param glue estimates of the joint fit
     */
    static double adjusted(String operation, double slope, List<Ratio> ratios, List<Estimate> glue) {
        Map<String, Estimate> runtimes = new HashMap<>();
        glue.forEach(estimate -> runtimes.put(estimate.term(), estimate));
        double adjusted = slope;
        for (Map.Entry<String, Double> ratio :
                byOperation(ratios).getOrDefault(operation, Map.of()).entrySet()) {
            Estimate runtime = runtimes.get(ratio.getKey());
            if (runtime.significant()) {
                adjusted -= ratio.getValue() * runtime.seconds();
            }
        }
        return Math.max(0, adjusted);
    }

    private static Map<String, Map<String, Double>> byOperation(List<Ratio> ratios) {
        Map<String, Map<String, Double>> by = new TreeMap<>();
        ratios.forEach(ratio -> by.computeIfAbsent(ratio.operation(), name -> new TreeMap<>())
                .merge(ratio.glue(), ratio.ratio(), Double::sum));
        return by;
    }
}
