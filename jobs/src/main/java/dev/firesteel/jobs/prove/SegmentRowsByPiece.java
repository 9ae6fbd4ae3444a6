package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.Warehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Rows of tables that are keyed by segment, each brought once to the task that works on its piece. */
final class SegmentRowsByPiece {
    private static final StructType WANTED = new StructType()
            .add("w_program", DataTypes.StringType, false)
            .add("w_input", DataTypes.StringType, false)
            .add("w_parameters", DataTypes.StringType, false)
            .add("w_segment", DataTypes.IntegerType, false)
            .add("w_piece", DataTypes.IntegerType, false);

    private SegmentRowsByPiece() {}

    /** Piece i is partition i. */
    static final class ByPiece extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int count;

        ByPiece(int count) {
            this.count = count;
        }

        @Override
        public int numPartitions() {
            return count;
        }

        @Override
        public int getPartition(Object piece) {
            return (Integer) piece;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByPiece by && by.count == count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }

    /** The rows of {@code segments} of these pieces. */
    static JavaPairRDD<Integer, Row> segments(Warehouse warehouse, List<SegmentPiece> pieces) {
        List<Row> wanted = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            wanted.add(wanted(pieces.get(i), pieces.get(i).target().executionHash(), i));
        }
        return rows(warehouse, "segments", wanted, pieces.size());
    }

    /** The rows of {@code table}, which is keyed by the parameters of proofs, of these pieces. */
    static JavaPairRDD<Integer, Row> of(Warehouse warehouse, String table, List<SegmentPiece> pieces) {
        List<Row> wanted = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            wanted.add(wanted(pieces.get(i), pieces.get(i).target().parametersHash(), i));
        }
        return rows(warehouse, table, wanted, pieces.size());
    }

    /** The rows of {@code table}, keyed likewise, of all segments of these targets: target i is partition i. */
    static JavaPairRDD<Integer, Row> ofTargets(Warehouse warehouse, String table, List<Target> targets) {
        List<Row> wanted = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            for (int segment = 0; segment < target.segmentCount(); segment++) {
                wanted.add(wanted(new SegmentPiece(target, segment, 0, 0), target.parametersHash(), i));
            }
        }
        return rows(warehouse, table, wanted, targets.size());
    }

    private static Row wanted(SegmentPiece piece, String parametersHash, int index) {
        return RowFactory.create(
                piece.target().programHash(), piece.target().inputHash(), parametersHash, piece.segmentIndex(), index);
    }

    private static List<String> values(List<Row> wanted, int column) {
        return wanted.stream().map(r -> r.getString(column)).toList();
    }

    private static JavaPairRDD<Integer, Row> rows(Warehouse warehouse, String table, List<Row> wanted, int partitions) {
        Dataset<Row> pieces = functions.broadcast(warehouse.spark().createDataFrame(wanted, WANTED));
        // The join finds the rows; without these conditions Parquet would have to read all others too.
        Dataset<Row> rows = ProvingTables.ours(warehouse, table)
                .where(ProvingTables.in("program_hash", values(wanted, 0))
                        .and(ProvingTables.in("input_hash", values(wanted, 1))));
        Dataset<Row> joined = rows.join(
                pieces,
                rows.col("program_hash")
                        .equalTo(pieces.col("w_program"))
                        .and(rows.col("input_hash").equalTo(pieces.col("w_input")))
                        .and(rows.col("parameters_hash").equalTo(pieces.col("w_parameters")))
                        .and(rows.col("segment_index").equalTo(pieces.col("w_segment"))));
        return joined.toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.<Integer>getAs("w_piece"), row))
                .partitionBy(new ByPiece(partitions));
    }
}
