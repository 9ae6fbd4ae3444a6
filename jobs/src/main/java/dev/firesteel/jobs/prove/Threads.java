package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.tasks.HeapGate;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How many segments an executor proves at a time, and with how many threads each.
 *
 * @param concurrent segments at a time in one executor
 * @param threads of each prover
 * @param profiled whether Spark is to be told that a task takes so many cores
 * @param heapBytes that an executor's tasks may fill
 * @param setting what sets the size of the heap
 */
record Threads(int concurrent, int threads, boolean profiled, long heapBytes, String setting) implements Serializable {
    private static final String EMBEDDED = "FIRESTEEL_JAVA_OPTS=-Xmx";
    private static final String ON_A_CLUSTER = "-c spark.executor.memory=";

    /** An executor, and how many there are like it. */
    record Executors(int count, int cores, int taskCores, long heapBytes) {}

    /** {@link #plan(Executors, int, int, List)} for this session's executors. */
    static Threads plan(SparkContext context, int wantedConcurrent, int wantedThreads, List<Long> estimates) {
        SparkConf conf = context.getConf();
        int taskCores = Math.max(1, conf.getInt("spark.task.cpus", 1));
        if (context.isLocal()) {
            long heap = HeapGate.share(Runtime.getRuntime().maxMemory());
            Executors one = new Executors(1, context.defaultParallelism(), taskCores, heap);
            return plan(one, wantedConcurrent, wantedThreads, estimates).with(false, EMBEDDED);
        }
        int count = 0;
        int cores = Integer.MAX_VALUE;
        for (var executor : CollectionConverters.asJava(context.statusStore().executorList(true))) {
            if (!executor.id().equals("driver")) {
                count++;
                cores = Math.min(cores, executor.totalCores());
            }
        }
        if (count == 0) {
            count = 1;
            cores = conf.getInt("spark.executor.cores", 1);
        }
        String memory = conf.get("spark.executor.memory", "1g");
        Executors all = new Executors(count, cores, taskCores, HeapGate.share(bytes(memory)));
        Threads plan = plan(all, wantedConcurrent, wantedThreads, estimates);
        boolean fixed = !conf.getBoolean("spark.dynamicAllocation.enabled", false);
        return plan.with(fixed && plan.threads != taskCores && plan.threads <= cores, ON_A_CLUSTER);
    }

    /**
     * What configuration says, and otherwise as many segments at a time as there are for each executor, as its cores and its heap allow, with the cores divided among them.
     *
     * @param wantedConcurrent 0 for the default
     * @param wantedThreads 0 for the default: at least the cores that Spark gives a task
     * @param estimates of what each segment takes of a heap, bytes
     */
    static Threads plan(Executors executors, int wantedConcurrent, int wantedThreads, List<Long> estimates) {
        int slots = Math.max(1, executors.cores / executors.taskCores);
        long largest = estimates.stream()
                .mapToLong(Long::longValue)
                .filter(e -> e <= executors.heapBytes)
                .max()
                .orElse(1);
        int each = (estimates.size() + executors.count - 1) / executors.count;
        int fitting = (int) Math.max(1, Math.min(Math.min(slots, each), executors.heapBytes / largest));
        int concurrent = wantedConcurrent > 0 ? wantedConcurrent : fitting;
        int threads = wantedThreads > 0 ? wantedThreads : Math.max(executors.taskCores, executors.cores / concurrent);
        return new Threads(concurrent, threads, false, executors.heapBytes, ON_A_CLUSTER);
    }

    private Threads with(boolean nowProfiled, String nowSetting) {
        return new Threads(concurrent, threads, nowProfiled, heapBytes, nowSetting);
    }

    /**
     * The stage of {@code rdd}, whose tasks have as many cores each as a prover has threads: then Spark gives an executor no more of them than it works on at a time, and the next segment goes to
     * the executor that is free first. An embedded Spark knows no such thing; there, and with executors that come and go, tasks wait for their part of the heap.
     */
    <T> JavaRDD<T> of(JavaRDD<T> rdd) {
        return profiled
                ? rdd.withResources(new ResourceProfileBuilder()
                        .require(new TaskResourceRequests().cpus(threads))
                        .build())
                : rdd;
    }

    /** Why a segment that takes {@code needed} bytes cannot be worked on, and what to do; null when it can. */
    String refusal(SegmentPiece piece, long needed) {
        return needed <= heapBytes
                ? null
                : String.format(
                        Locale.ROOT,
                        "%s has %d cycles and %d touched words and needs about %d MiB, of which tasks of an executor"
                                + " have %d: set %s%dm, or execute with a smaller --segment-cycles",
                        piece,
                        piece.cycles(),
                        piece.touchedWords(),
                        mib(needed),
                        mib(heapBytes),
                        setting,
                        mib(HeapGate.heapFor(needed)));
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    private static long bytes(String memory) {
        try {
            return JavaUtils.byteStringAsBytes(memory);
        } catch (NumberFormatException e) {
            throw new UserException("spark.executor.memory=" + memory + ": no size", e);
        }
    }
}
