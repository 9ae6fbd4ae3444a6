package dev.firesteel.jobs.execute;

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
     * @param rows of the schema of {@code segments}, keys distinct; computed once
     * @param work the programs and inputs that they belong to
     * @return how many were inserted
     */
    long insertNew(JavaRDD<Row> rows, Collection<Request.Work> work, String parametersHash, String codeVersion) {
        warehouse.create("segments");
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
