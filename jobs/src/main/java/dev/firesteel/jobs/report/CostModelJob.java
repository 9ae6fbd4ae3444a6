package dev.firesteel.jobs.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** The bootstrap of the cost model as a Spark job: a task solves some resamples of one system. */
final class CostModelJob {
    private static final int CHUNK = 50;

    private CostModelJob() {}

    private record Task(int problem, int from, int to) implements Serializable {}

    private record Solved(int problem, int number, double[] solution) implements Serializable {}

    /**
     * Estimates of every system. The numbers depend on the seed and the data, not on how many tasks there are.
     *
     * @param resamples number of bootstrap resamples, at least 1
     */
    static Map<String, List<CostModel.Estimate>> estimate(
            SparkSession spark, List<CostModel.Problem> problems, int resamples, long seed) {
        List<Task> tasks = new ArrayList<>();
        for (int problem = 0; problem < problems.size(); problem++) {
            for (int from = 0; from < resamples; from += CHUNK) {
                tasks.add(new Task(problem, from, Math.min(resamples, from + CHUNK)));
            }
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<List<CostModel.Problem>> systems = context.broadcast(List.copyOf(problems));
        int slices = Math.min(tasks.size(), 4 * context.defaultParallelism());
        List<Solved> solved = context.parallelize(tasks, Math.max(1, slices))
                .flatMap(task -> {
                    CostModel.Problem problem = systems.value().get(task.problem());
                    List<Solved> out = new ArrayList<>();
                    for (int number = task.from(); number < task.to(); number++) {
                        out.add(new Solved(task.problem(), number, problem.resample(seed, number)));
                    }
                    return out.iterator();
                })
                .collect();
        systems.destroy();
        List<List<double[]>> bySystem = new ArrayList<>();
        problems.forEach(problem -> bySystem.add(new ArrayList<>(Collections.nCopies(resamples, null))));
        solved.forEach(one -> bySystem.get(one.problem()).set(one.number(), one.solution()));
        Map<String, List<CostModel.Estimate>> estimates = new HashMap<>();
        for (int i = 0; i < problems.size(); i++) {
            estimates.put(problems.get(i).label(), CostModel.estimates(problems.get(i), bySystem.get(i)));
        }
        return estimates;
    }
}
