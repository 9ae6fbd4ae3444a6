package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.TableDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Inserts many records whose keys are not in a table yet, as MERGE would, at the price of an append: keys are compared here,
 * and one commit adds what is new. A MERGE shuffles every wide row twice to find out the same, and takes three times as long.
 *
 * <p>Two imports at once cannot both add a row: a commit carries the version that its keys were read at as Delta's transaction
 * version, and Delta lets only one of two commits of one version through. The other one compares again.
 */
final class IdempotentAppend {
    private static final String APPLICATION = "firesteel import-results";
    private static final int ATTEMPTS = 20;

    private final Warehouse warehouse;
    private final String table;

    IdempotentAppend(Warehouse warehouse, String table) {
        this.warehouse = warehouse;
        this.table = table;
    }

    /**
     * Inserts the new ones of {@code records}, of which no two have the same key.
     *
     * @param key the columns' values of the table's key, in its order
     * @return how many were new
     */
    <R extends Record> long insert(Class<R> recordClass, List<R> records, Function<R, List<Object>> key) {
        boolean fresh = !warehouse.exists(table);
        warehouse.create(table);
        if (records.isEmpty()) {
            return 0;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long version = latestVersion();
            List<R> added = records;
            if (!fresh) {
                Set<List<Object>> known = keys(version);
                added = records.stream()
                        .filter(r -> !known.contains(key.apply(r)))
                        .toList();
            }
            if (added.isEmpty()) {
                return 0;
            }
            if (append(recordClass, added, version)) {
                return added.size();
            }
            fresh = false;
        }
        throw new UserException(warehouse.location() + ": other imports kept writing to " + table
                + "; nothing was written there, run the import again");
    }

    private Set<List<Object>> keys(long version) {
        Column[] columns =
                TableDefinition.of(table).key().stream().map(functions::col).toArray(Column[]::new);
        List<Row> rows = warehouse
                .spark()
                .read()
                .format("delta")
                .option("versionAsOf", version)
                .load(warehouse.path(table))
                .select(columns)
                .collectAsList();
        Set<List<Object>> keys = new HashSet<>(rows.size() * 2);
        for (Row row : rows) {
            keys.add(IntStream.range(0, columns.length).mapToObj(row::get).toList());
        }
        return keys;
    }

    /** Appends in one commit; false when another import's commit came first. */
    private <R extends Record> boolean append(Class<R> recordClass, List<R> records, long version) {
        String token = UUID.randomUUID().toString();
        try {
            warehouse
                    .toDataset(table, recordClass, records)
                    .write()
                    .format("delta")
                    .mode("append")
                    .option("txnAppId", APPLICATION)
                    .option("txnVersion", version)
                    .option("userMetadata", token)
                    .save(warehouse.path(table));
        } catch (RuntimeException e) {
            if (conflicts(e)) {
                return false;
            }
            throw e;
        }
        // Delta says nothing when it skips a transaction version that is there already.
        return committed(token, version);
    }

    private static boolean conflicts(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t.getClass().getSimpleName().startsWith("ConcurrentTransaction")) {
                return true;
            }
        }
        return false;
    }

    private long latestVersion() {
        return commits().stream()
                .mapToLong(f -> version(f.getPath()))
                .max()
                .orElseThrow(() -> new UserException(warehouse.path(table) + ": has no Delta log; restore the table"));
    }

    private boolean committed(String token, long since) {
        try {
            for (FileStatus commit : commits()) {
                if (version(commit.getPath()) > since) {
                    FileSystem fs = commit.getPath().getFileSystem(configuration());
                    try (FSDataInputStream in = fs.open(commit.getPath())) {
                        if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(token)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<FileStatus> commits() {
        try {
            Path log = new Path(warehouse.path(table), "_delta_log");
            return java.util.Arrays.stream(log.getFileSystem(configuration()).listStatus(log))
                    .filter(f -> f.getPath().getName().matches("\\d{20}\\.json"))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UserException unreadable(IOException e) {
        return new UserException(warehouse.path(table) + ": cannot read the table's log (" + e.getMessage() + ")", e);
    }

    private org.apache.hadoop.conf.Configuration configuration() {
        return warehouse.spark().sessionState().newHadoopConf();
    }

    private static long version(Path commit) {
        return Long.parseLong(commit.getName().substring(0, 20));
    }
}
