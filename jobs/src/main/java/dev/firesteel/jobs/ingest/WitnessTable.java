package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.TableDefinition;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The witness as Parquet: in a warehouse, or wherever another system wrote it. */
public final class WitnessTable {
    /** The columns of the table. */
    public static final StructType SCHEMA = RowCodec.schema(TableDefinition.of("witness"));

    private static final String HELP = "docs/witness.md lists the columns; write the file again with them";

    private WitnessTable() {}

    /** The rows of a warehouse's witness, none when there is no file yet. */
    public static Dataset<Row> readOrEmpty(Warehouse warehouse) {
        SparkSession spark = warehouse.spark();
        Configuration conf = spark.sessionState().newHadoopConf();
        Path folder = new Path(warehouse.path("witness"));
        List<FileStatus> files = warehouse.exists("witness") ? SourceFiles.below(folder, ".parquet", conf) : List.of();
        return files.isEmpty()
                ? spark.createDataFrame(List.<Row>of(), SCHEMA)
                : ParquetFiles.read(spark, files, SCHEMA, HELP);
    }

    /**
     * The rows of the witness at {@code path}, a Parquet file or a folder of them, checked as far as their footers say.
     *
     * @throws UserException when there is none, or a file is truncated or lacks a column
     */
    public static Dataset<Row> read(SparkSession spark, Path path) {
        Configuration conf = spark.sessionState().newHadoopConf();
        FileStatus status = SourceFiles.status(path, conf);
        List<FileStatus> files = status.isDirectory() ? SourceFiles.below(path, ".parquet", conf) : List.of(status);
        if (files.isEmpty()) {
            throw new UserException(SourceFiles.display(path)
                    + ": no Parquet file in this folder; run 'firesteel ingest' first or name another witness");
        }
        return ParquetFiles.read(spark, files, SCHEMA, HELP);
    }
}
