package dev.firesteel.jobs.execute;

import dev.firesteel.jobs.spark.Conflicts;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Writes segments: a MERGE on the table's key whose source is the running executions themselves. The rows are large and
 * there are many, so they must neither be held nor shuffled: the keys that the table has are broadcast to the tasks, and
 * each task writes what it cuts.
 */
final class SegmentTable {
    private final Warehouse warehouse;
    private final SparkSession session;

    SegmentTable(Warehouse warehouse) {
        this.warehouse = warehouse;
        // A session of its own for a setting that no other query wants.
        this.session = warehouse.spark().newSession();
        session.conf().set("spark.sql.autoBroadcastJoinThreshold", String.valueOf(Long.MAX_VALUE));
        session.conf().set("spark.sql.adaptive.enabled", "false");
    }

    /**
     * Inserts the rows whose key the table does not have.
     *
     * <p>Executing takes long, and every commit of another job meanwhile is a conflict, whatever it wrote. Who has lost once
     * would lose again, so the second time the rows are computed before the commit begins and kept on the executors' disks:
     * then only the short commit is in danger, and repeating it computes nothing.
     *
     * @param rows of the schema of {@code segments}, keys distinct; computed once, or twice where another job commits
     * @param work the programs and inputs that they belong to
     * @param again told before the rows are computed a second time
     * @return how many were inserted
     */
    long insertNew(
            JavaRDD<Row> rows,
            Collection<Request.Work> work,
            String parametersHash,
            String codeVersion,
            Runnable again) {
        warehouse.create("segments");
        try {
            return merge(rows, work, parametersHash, codeVersion);
        } catch (RuntimeException e) {
            if (!Conflicts.caused(e)) {
                throw e;
            }
        }
        again.run();
        String name = rows.name();
        rows.persist(StorageLevel.DISK_ONLY());
        try {
            rows.count();
            rows.setName(name + ", kept");
            return Conflicts.retry(
                    warehouse.location(), "segments", () -> merge(rows, work, parametersHash, codeVersion));
        } finally {
            rows.unpersist(false);
        }
    }

    private long merge(JavaRDD<Row> rows, Collection<Request.Work> work, String parametersHash, String codeVersion) {
        TableDefinition definition = TableDefinition.of("segments");
        Dataset<Row> source =
                session.createDataFrame(rows, RowCodec.schema(definition)).alias("s");
        // What is constant prunes the side that is broadcast to the keys that can match.
        String pruned = "t.parameters_hash = '" + parametersHash + "' AND t.code_version = '"
                + codeVersion.replace("\\", "\\\\").replace("'", "\\'") + "' AND t.program_hash IN ("
                + list(work, true)
                + ") AND t.input_hash IN (" + list(work, false) + ")";
        String same = definition.key().stream().map(k -> "t." + k + " = s." + k).collect(Collectors.joining(" AND "));
        return DeltaTable.forPath(session, warehouse.path("segments"))
                .as("t")
                .merge(source, pruned + " AND " + same)
                .whenNotMatched()
                .insertAll()
                .execute()
                .first()
                .getAs("num_inserted_rows");
    }

    private static String list(Collection<Request.Work> work, boolean programs) {
        return work.stream()
                .map(w -> "'" + (programs ? w.programHash() : w.inputHash()) + "'")
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
