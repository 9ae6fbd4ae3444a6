package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.tasks.HeapGate;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;

/**
 * How many segments an executor proves at a time, and with how many threads each.
 *
 * @param concurrent segments at a time in one executor
 * @param threads of each prover
 * @param heapBytes that an executor's tasks may fill
 */
record Threads(int concurrent, int threads, long heapBytes) implements Serializable {

    /**
     * What configuration says, and otherwise as many segments at a time as there are, as the cores of an executor and its heap allow, with the cores divided among them.
     *
     * @param wantedConcurrent 0 for the default
     * @param wantedThreads 0 for the default: at least the cores that Spark gives a task
     */
    static Threads plan(SparkContext context, int wantedConcurrent, int wantedThreads, List<Long> estimates) {
        SparkConf conf = context.getConf();
        boolean local = context.isLocal();
        int cores = local ? context.defaultParallelism() : conf.getInt("spark.executor.cores", 1);
        long heap = HeapGate.share(local ? Runtime.getRuntime().maxMemory() : executorMemory(conf));
        int taskCores = Math.max(1, conf.getInt("spark.task.cpus", 1));
        int slots = Math.max(1, cores / taskCores);
        long largest = estimates.stream()
                .mapToLong(Long::longValue)
                .filter(e -> e <= heap)
                .max()
                .orElse(1);
        int fitting = (int) Math.max(1, Math.min(slots, heap / largest));
        int concurrent = wantedConcurrent > 0 ? wantedConcurrent : Math.max(1, Math.min(fitting, estimates.size()));
        int threads = wantedThreads > 0 ? wantedThreads : Math.max(taskCores, cores / concurrent);
        return new Threads(concurrent, threads, heap);
    }

    private static long executorMemory(SparkConf conf) {
        String memory = conf.get("spark.executor.memory", "1g");
        try {
            return JavaUtils.byteStringAsBytes(memory);
        } catch (NumberFormatException e) {
            throw new UserException("spark.executor.memory=" + memory + ": no size", e);
        }
    }
}
