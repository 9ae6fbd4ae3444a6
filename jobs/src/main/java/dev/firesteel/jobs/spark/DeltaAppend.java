package dev.firesteel.jobs.spark;

import dev.firesteel.cli.UserException;
import dev.firesteel.schemas.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Format;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.execution.datasources.parquet.ParquetCompressionCodec;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One Delta transaction that appends records, and creates the table when it is missing. The files are written here and only the commit
 * is left to Delta, because a driver that has its rows in memory needs neither a plan nor tasks to write them: planning, code generation
 * and scheduling of a cold session take longer than writing a hundred thousand rows.
 *
 * <p>It writes nothing that a reader can see before {@link #commit}. A run that is killed leaves at most files that no commit names, which
 * {@code tables vacuum} deletes.
 *
 * @param <R> the table's record
 */
public final class DeltaAppend<R extends Record> {
    /** Rows from which on a second thread writes a second file. */
    private static final int ROWS_OF_A_THREAD = 10_000;

    private final SparkSession spark;
    private final RowCodec<R> codec;
    private final Path folder;
    private final OptimisticTransaction transaction;

    private DeltaAppend(SparkSession spark, RowCodec<R> codec, Path folder, OptimisticTransaction transaction) {
        this.spark = spark;
        this.codec = codec;
        this.folder = folder;
        this.transaction = transaction;
    }

    /**
     * Begins a transaction on the newest version of {@code table}.
     *
     * @throws UserException when the folder holds data but no Delta log
     */
    public static <R extends Record> DeltaAppend<R> begin(Warehouse warehouse, String table, Class<R> recordClass) {
        SparkSession spark = warehouse.spark();
        Path folder = new Path(warehouse.path(table));
        DeltaLog log = DeltaLog.forTable((org.apache.spark.sql.classic.SparkSession) spark, folder);
        OptimisticTransaction transaction = log.startTransaction(Option.empty(), Option.empty());
        if (transaction.readVersion() < 0) {
            refuseLostLog(log, folder);
            log.createLogDirectoriesIfNotExists();
        }
        return new DeltaAppend<>(spark, RowCodec.of(table, recordClass), folder, transaction);
    }

    /** A table whose log was lost must not be begun anew over its rows. */
    private static void refuseLostLog(DeltaLog log, Path folder) {
        try {
            FileSystem fs = folder.getFileSystem(log.newDeltaHadoopConf());
            if (!fs.exists(folder) || fs.exists(log.logPath())) {
                return;
            }
            for (FileStatus file : fs.listStatus(folder)) {
                if (file.getPath().getName().endsWith(".parquet")) {
                    throw new UserException(folder + ": has data files but no Delta log; restore the table, or move it"
                            + " away to begin a new one");
                }
            }
        } catch (IOException e) {
            throw new UserException(folder + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The version that the transaction reads, −1 when the table is not there yet. */
    public long version() {
        return transaction.readVersion();
    }

    /**
     * Whether this may write the table: false when somebody gave it columns or features that are not our definition's, such as
     * column mapping or generated columns. Then Spark's own writer has to.
     */
    public boolean plain() {
        if (version() < 0) {
            return true;
        }
        var protocol = transaction.protocol();
        Metadata metadata = transaction.metadata();
        return protocol.minReaderVersion() == 1
                && protocol.minWriterVersion() <= 3
                && metadata.partitionColumns().isEmpty()
                && RowChecks.sameColumns(metadata.schema(), codec);
    }

    /** Lets the commit fail when anyone else added rows since {@link #version()}, whatever they are. */
    public void readWholeTable() {
        transaction.readWholeTable();
    }

    /** {@link #commit(List, Function)} of records that are there already. */
    public void commit(List<R> records) {
        commit(records, Function.identity());
    }

    /**
     * Writes the records of {@code items} and commits them; with none, creates the table if it is missing.
     *
     * @param record an item's record; asked when it is written, by several threads
     * @throws java.util.ConcurrentModificationException when another commit came first and contradicts this one; nothing was added
     * @throws IllegalStateException when a record breaks a constraint of the table; nothing was added
     * @throws UserException when a file cannot be written; nothing was added
     */
    public <T> void commit(List<T> items, Function<T, R> record) {
        if (version() < 0) {
            transaction.updateMetadataForNewTable(newMetadata());
        } else if (items.isEmpty()) {
            return;
        }
        Configuration conf = transaction.deltaLog().newDeltaHadoopConf();
        RowChecks checks = RowChecks.of(
                spark,
                codec.table().name(),
                transaction.metadata().schema(),
                CollectionConverters.asJava(transaction.metadata().configuration()));
        List<Path> files = new ArrayList<>();
        boolean committed = false;
        try {
            List<Action> actions = List.copyOf(write(conf, checks, items, record, files));
            transaction.commit(CollectionConverters.asScala(actions).toSeq(), operation(items.isEmpty()));
            committed = true;
        } catch (IOException e) {
            throw new UserException(folder + ": cannot be written (" + e.getMessage() + ")", e);
        } finally {
            if (!committed) {
                delete(conf, files);
            }
        }
    }

    private Metadata newMetadata() {
        TableDefinition table = codec.table();
        Map<String, String> properties = new HashMap<>();
        table.constraints().forEach(c -> properties.put("delta.constraints." + c.name(), c.expression()));
        return Metadata.apply(
                UUID.randomUUID().toString(),
                null,
                table.comment(),
                Format.apply("parquet", scala.collection.immutable.Map$.MODULE$.empty()),
                codec.schema().json(),
                CollectionConverters.asScala(List.<String>of()).toSeq(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(properties)),
                Option.apply((Object) System.currentTimeMillis()));
    }

    /** What the table's history says. */
    private DeltaOperations.Operation operation(boolean onlyCreated) {
        if (onlyCreated) {
            return new DeltaOperations.CreateTable(transaction.metadata(), false, false, Option.empty());
        }
        return new DeltaOperations.Write(
                SaveMode.Append,
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty());
    }

    /** Writes the files, of equal length, and adds each to {@code files} before it is begun. */
    private <T> List<AddFile> write(
            Configuration conf, RowChecks checks, List<T> items, Function<T, R> record, List<Path> files)
            throws IOException {
        int count = Math.max(
                items.isEmpty() ? 0 : 1,
                Math.min(Runtime.getRuntime().availableProcessors(), items.size() / ROWS_OF_A_THREAD));
        CompressionCodecName compression = ParquetCompressionCodec.fromString(
                        spark.conf().get("spark.sql.parquet.compression.codec"))
                .getCompressionCodec();
        // Not the common pool: on two cores it has one thread.
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, count));
        List<Future<AddFile>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = new Path(
                    folder,
                    String.format("part-%05d-%s.c000%s.parquet", i, UUID.randomUUID(), compression.getExtension()));
            List<T> part = items.subList(
                    (int) ((long) items.size() * i / count), (int) ((long) items.size() * (i + 1) / count));
            files.add(file);
            futures.add(threads.submit(() -> file(file, conf, compression, checks, part, record)));
        }
        threads.shutdown();
        return finished(threads, futures);
    }

    /** The results of all, once all have ended: before that no file of a failed append may be deleted. */
    private List<AddFile> finished(ExecutorService threads, List<Future<AddFile>> futures) throws IOException {
        try {
            threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            List<AddFile> added = new ArrayList<>();
            for (Future<AddFile> future : futures) {
                added.add(future.get());
            }
            return added;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new UserException(folder + ": interrupted; nothing was added", e);
        }
    }

    private <T> AddFile file(
            Path file,
            Configuration conf,
            CompressionCodecName compression,
            RowChecks checks,
            List<T> items,
            Function<T, R> record)
            throws IOException {
        RecordParquet.write(file, conf, compression, spark.version(), codec, items, record, checks.start());
        FileStatus status = file.getFileSystem(conf).getFileStatus(file);
        return AddFile.apply(
                file.getName(),
                scala.collection.immutable.Map$.MODULE$.empty(),
                status.getLen(),
                status.getModificationTime(),
                true,
                "{\"numRecords\":" + items.size() + "}",
                null,
                null,
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty(),
                Option.empty());
    }

    private static void delete(Configuration conf, List<Path> files) {
        for (Path file : files) {
            try {
                file.getFileSystem(conf).delete(file, false);
            } catch (IOException e) {
                // No commit names it: vacuum deletes it later.
            }
        }
    }
}
