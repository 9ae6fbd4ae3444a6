package dev.firesteel.jobs.spark;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A folder of tables, one Delta table each under its name. Every write is a MERGE on the table's key: a job that is run
 * again, or that was killed and starts over, adds nothing that is there already.
 */
public final class Warehouse {
    private final SparkSession spark;
    private final Path root;

    private Warehouse(SparkSession spark, Path root) {
        this.spark = spark;
        this.root = root;
    }

    /** The warehouse at {@code location}, made when it is missing; throws {@link UserException} when it cannot be written. */
    public static Warehouse open(SparkSession spark, String location) {
        Path root = qualified(spark, location);
        try {
            FileSystem fs = root.getFileSystem(spark.sessionState().newHadoopConf());
            if (fs.exists(root) && !fs.getFileStatus(root).isDirectory()) {
                throw new UserException(location + ": is a file; --warehouse wants a folder");
            }
            fs.mkdirs(root);
            // Asked of the file system itself: permission bits say nothing for root or on an object store.
            Path probe = new Path(root, ".write-probe-" + UUID.randomUUID());
            fs.create(probe, true).close();
            fs.delete(probe, false);
        } catch (IOException | FSError e) {
            throw new UserException(
                    location + ": cannot write the warehouse (" + Messages.firstLine(e)
                            + "); choose another --warehouse",
                    e);
        }
        return new Warehouse(spark, root);
    }

    /** The warehouse at {@code location} for reading; throws {@link UserException} when there is none. */
    public static Warehouse existing(SparkSession spark, String location) {
        Path root = qualified(spark, location);
        try {
            FileSystem fs = root.getFileSystem(spark.sessionState().newHadoopConf());
            if (!fs.exists(root) || !fs.getFileStatus(root).isDirectory()) {
                throw new UserException(location + ": no such warehouse; run 'firesteel ingest' first or name another");
            }
        } catch (IOException e) {
            throw new UserException(location + ": cannot read the warehouse (" + Messages.firstLine(e) + ")", e);
        }
        return new Warehouse(spark, root);
    }

    public SparkSession spark() {
        return spark;
    }

    /** The folder of {@code table}, as a URI. */
    public String path(String table) {
        return new Path(root, table).toString();
    }

    /** The warehouse's folder, as the user would write it. */
    public String location() {
        return root.toUri().getScheme().equals("file") ? root.toUri().getPath() : root.toString();
    }

    /** Whether {@code table} has been created. */
    public boolean exists(String table) {
        TableDefinition definition = TableDefinition.of(table);
        if (definition.delta()) {
            return DeltaTable.isDeltaTable(spark, path(table));
        }
        try {
            Path folder = new Path(path(table));
            return folder.getFileSystem(spark.sessionState().newHadoopConf()).exists(folder);
        } catch (IOException e) {
            throw new UserException(location() + ": cannot read the warehouse (" + Messages.firstLine(e) + ")", e);
        }
    }

    /**
     * Creates {@code table} when it is missing: columns and constraints in one commit, so that no write can ever find
     * the table without its constraints.
     */
    public void create(String table) {
        TableDefinition definition = TableDefinition.of(table);
        if (!definition.delta() || DeltaTable.isDeltaTable(spark, path(table))) {
            return;
        }
        createEmpty(table, definition.recordClass());
    }

    /** Not by SQL: a CREATE TABLE beside another one may find the other's folder, with no table in it yet, and refuse it. */
    private <R extends Record> void createEmpty(String table, Class<R> recordClass) {
        written(table, () -> {
            DeltaAppend.begin(this, table, recordClass).commit(List.of());
            return null;
        });
    }

    /** The rows of {@code table}; throws {@link UserException} when it has not been created. */
    public Dataset<Row> read(String table) {
        if (!exists(table)) {
            throw new UserException(location() + ": has no table '" + table + "' yet; run the job that fills it first");
        }
        TableDefinition definition = TableDefinition.of(table);
        return spark.read().format(definition.delta() ? "delta" : "parquet").load(path(table));
    }

    /** The rows of {@code table}, none when it has not been created. */
    public Dataset<Row> readOrEmpty(String table) {
        return exists(table)
                ? read(table)
                : spark.createDataFrame(List.of(), RowCodec.schema(TableDefinition.of(table)));
    }

    /** Inserts the rows whose key is not in {@code table} yet; of several with one key any one. Returns how many. */
    public long insertNew(String table, Dataset<Row> rows) {
        return merge(table, rows, false);
    }

    /** Inserts {@code records} whose key is not in {@code table} yet. Returns how many. */
    public <R extends Record> long insertNew(String table, Class<R> recordClass, List<R> records) {
        return records.isEmpty() ? createOnly(table) : insertNew(table, toDataset(table, recordClass, records));
    }

    /** Appends {@code records} whose keys nobody else can have made, such as those of a new run: no MERGE has to look. */
    public <R extends Record> void append(String table, Class<R> recordClass, List<R> records) {
        // Two first commits of a table conflict; a plain append contradicts nothing else.
        written(table, () -> {
            DeltaAppend<R> append = DeltaAppend.begin(this, table, recordClass);
            if (append.plain()) {
                append.commit(records);
                return records.size();
            }
            return insertNew(table, recordClass, records);
        });
    }

    /** Inserts {@code records}, replacing rows of the same key. */
    public <R extends Record> void upsert(String table, Class<R> recordClass, List<R> records) {
        if (!records.isEmpty()) {
            merge(table, toDataset(table, recordClass, records), true);
        }
    }

    /** {@code records} as a Dataset of the table's schema. */
    public <R extends Record> Dataset<Row> toDataset(String table, Class<R> recordClass, List<R> records) {
        RowCodec<R> codec = RowCodec.of(table, recordClass);
        return spark.createDataFrame(codec.toRows(records), codec.schema());
    }

    private long createOnly(String table) {
        create(table);
        return 0;
    }

    private long merge(String table, Dataset<Row> rows, boolean replace) {
        TableDefinition definition = TableDefinition.of(table);
        create(table);
        NewColumns.add(this, definition);
        String[] key = definition.key().toArray(String[]::new);
        String same = definition.key().stream().map(k -> "t." + k + " = s." + k).collect(Collectors.joining(" AND "));
        Column[] columns =
                definition.columns().stream().map(c -> functions.col(c.name())).toArray(Column[]::new);
        Dataset<Row> source = rows.select(columns).dropDuplicates(key).alias("s");
        // By name: a column that a user added is left alone.
        Map<String, Column> values = definition.columns().stream()
                .collect(Collectors.toMap(c -> c.name(), c -> functions.col("s." + c.name())));
        return written(table, () -> {
            var merge = DeltaTable.forPath(spark, path(table)).as("t").merge(source, same);
            if (replace) {
                merge = merge.whenMatched().update(values);
            }
            Dataset<Row> metrics = merge.whenNotMatched().insert(values).execute();
            return metrics.first().getAs("num_inserted_rows");
        });
    }

    private <T> T written(String table, Supplier<T> commit) {
        try {
            return Conflicts.retry(location(), table, commit);
        } catch (RuntimeException e) {
            throw Unwritable.of(location(), table, e);
        } catch (Exception | FSError e) {
            // Spark is Scala: it throws its checked SparkException without declaring it. Hadoop's local files throw an
            // Error.
            throw Unwritable.of(location(), table, new IllegalStateException(e.getMessage(), e));
        }
    }

    private static Path qualified(SparkSession spark, String location) {
        try {
            Path path = new Path(location);
            return path.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException(location + ": not a path (" + Messages.firstLine(e) + ")", e);
        }
    }
}
