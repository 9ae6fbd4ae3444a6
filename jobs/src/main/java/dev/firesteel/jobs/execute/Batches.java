package dev.firesteel.jobs.execute;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Progress;
import dev.firesteel.jobs.tasks.TaskAttempts;
import dev.firesteel.schemas.Attempt;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Executes work in batches, longest first, one task for each program and input. A batch is committed in this order:
 * segments, attempts, executions. The row of {@code executions} comes last, so that its absence makes the next run do
 * the work again and find which segments are there.
 */
final class Batches {
    /** Cycles a byte of input is taken for while a program's run time is not known. */
    private static final long CYCLES_PER_INPUT_BYTE = 1000;

    private final SparkSession spark;
    private final Warehouse warehouse;
    private final ExecutionParameters parameters;
    private final WitnessCheck witness;
    private final Map<String, String> programNames;
    private final ExecutionRows rows;
    private final SegmentTable segments;
    private final AttemptRows attempts;
    private final String runId;

    /** What an earlier execution, under whatever parameters, says of work. */
    private record Known(long cycles, long touchedWords) {}

    Batches(
            Warehouse warehouse,
            ExecutionParameters parameters,
            WitnessCheck witness,
            Map<String, String> programNames,
            ExecutionRows rows,
            String runId) {
        this.spark = warehouse.spark();
        this.warehouse = warehouse;
        this.parameters = parameters;
        this.witness = witness;
        this.programNames = programNames;
        this.rows = rows;
        this.segments = new SegmentTable(warehouse);
        this.attempts = new AttemptRows(runId, "execute");
        this.runId = runId;
    }

    /** Executes {@code open}, {@code size} executions a commit. */
    void run(Map<Request.Work, List<Request>> open, int size, PrintWriter out, ExecuteJob.Checkpoint checkpoint) {
        Map<Request.Work, Known> known = known();
        List<List<Request>> order = new ArrayList<>(open.values());
        order.sort(Comparator.<List<Request>>comparingLong(r -> -estimate(r.get(0), known))
                .thenComparing(r -> r.get(0).id()));
        LongAccumulator cycles = spark.sparkContext().longAccumulator("firesteel cycles");
        Progress<UnitTask.Unit> progress =
                new Progress<>(out, "execute", runId, order.size(), cycles.id(), Batches::line);
        spark.sparkContext().addSparkListener(progress);
        try {
            for (int from = 0; from < order.size(); from += size) {
                batch(order.subList(from, Math.min(order.size(), from + size)), known, cycles, progress, checkpoint);
            }
            progress.settle(spark.sparkContext());
        } finally {
            spark.sparkContext().removeSparkListener(progress);
        }
        out.println(progress.line());
        out.flush();
    }

    /** Such as {@code executed 12 of 50, 3.210 G cycles, 85.3 M cycles a second with all that Spark does}. */
    private static String line(int done, int total, long cycles, double seconds) {
        return String.format(
                Locale.ROOT,
                "executed %d of %d, %.3f G cycles, %.1f M cycles a second with all that Spark does",
                done,
                total,
                cycles / 1e9,
                cycles / 1e6 / seconds);
    }

    private static long estimate(Request request, Map<Request.Work, Known> known) {
        Known before = known.get(request.work());
        return before == null ? request.inputBytes() * CYCLES_PER_INPUT_BYTE : before.cycles;
    }

    private Map<Request.Work, Known> known() {
        Map<Request.Work, Known> known = new HashMap<>();
        warehouse
                .readOrEmpty("executions")
                .groupBy("program_hash", "input_hash")
                .agg(functions.max("cycles"), functions.max("touched_words"))
                .collectAsList()
                .forEach(r -> known.put(
                        new Request.Work(r.getString(0), r.getString(1)), new Known(r.getLong(2), r.getLong(3))));
        return known;
    }

    private void batch(
            List<List<Request>> batch,
            Map<Request.Work, Known> known,
            LongAccumulator cycles,
            Progress<UnitTask.Unit> progress,
            ExecuteJob.Checkpoint checkpoint) {
        CollectionAccumulator<UnitResult> results = spark.sparkContext().collectionAccumulator("firesteel results");
        Set<Request.Work> work = new HashSet<>();
        List<UnitTask.Unit> units = new ArrayList<>();
        for (List<Request> requests : batch) {
            Request first = requests.get(0);
            work.add(first.work());
            units.add(new UnitTask.Unit(
                    first.id(),
                    first.programHash(),
                    programNames.get(first.programHash()),
                    first.inputHash(),
                    first.inputBytes(),
                    known.getOrDefault(first.work(), new Known(0, 0)).touchedWords));
        }
        Broadcast<Map<String, byte[]>> elfs = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(elfs(work.stream().map(Request.Work::programHash).toList()));
        progress.begin(units);
        try {
            UnitTask task = new UnitTask(
                    List.copyOf(units),
                    elfs,
                    parameters,
                    CodeVersion.current(),
                    runId,
                    TaskAttempts.of(
                            spark.sparkContext().master(), spark.sparkContext().getConf()),
                    results,
                    cycles);
            try {
                segments.insertNew(
                        execute(units, task, progress.name()), work, parameters.hash(), CodeVersion.current(), () -> {
                            // What the lost commit's executions said is said again, in full, by those that count.
                            results.reset();
                            progress.beginAgain(
                                    "another job wrote segments meanwhile; this batch is executed once more");
                        });
            } catch (Exception | Error e) {
                // A task failed as often as Spark allows, or the commit did: what is known of it stays.
                warehouse.append("attempts", Attempt.class, failed(progress));
                throw e;
            }
            checkpoint.committed("segments");
            // Of a task that Spark ran twice, both results say the same but for the times.
            Map<Integer, UnitResult> byUnit = new LinkedHashMap<>();
            results.value().forEach(r -> byUnit.putIfAbsent(r.unit(), r));
            List<Attempt> made = failed(progress);
            byUnit.values().forEach(r -> made.add(attempts.of(units.get(r.unit()), r.ended())));
            warehouse.append("attempts", Attempt.class, made);
            checkpoint.committed("attempts");
            rows.insert(byUnit.values().stream().filter(r -> r.end() != null).toList(), batch);
            checkpoint.committed("executions");
        } finally {
            elfs.destroy();
        }
    }

    /** The segment rows of {@code units}: partition i executes unit i when it is read. */
    private JavaRDD<Row> execute(List<UnitTask.Unit> units, UnitTask task, String name) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < units.size(); i++) {
            index.put(units.get(i).requestId(), i);
        }
        JavaPairRDD<Integer, byte[]> inputs = witness.only(List.copyOf(index.keySet()))
                .select("request_id", "input")
                .toJavaRDD()
                .mapToPair(r -> new Tuple2<>(index.get(r.getString(0)), r.<byte[]>getAs(1)))
                .partitionBy(new ByUnit(units.size()));
        JavaRDD<Row> rows = inputs.values().mapPartitionsWithIndex(task::run, true);
        rows.setName(name);
        return rows;
    }

    private Map<String, byte[]> elfs(List<String> hashes) {
        Map<String, byte[]> elfs = new HashMap<>();
        warehouse
                .read("programs")
                .where(functions.col("program_hash").isInCollection(new HashSet<>(hashes)))
                .select("program_hash", "elf")
                .collectAsList()
                .forEach(r -> elfs.put(r.getString(0), r.getAs(1)));
        return elfs;
    }

    /** Attempts that Spark saw fail in the current batch. */
    private List<Attempt> failed(Progress<UnitTask.Unit> progress) {
        progress.settle(spark.sparkContext());
        return attempts.failed(progress.takeFailures());
    }

    /** Sends the input of unit i to partition i. */
    private static final class ByUnit extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int units;

        private ByUnit(int units) {
            this.units = units;
        }

        @Override
        public int numPartitions() {
            return units;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }
    }
}
