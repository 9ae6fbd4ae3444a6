package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Inserts many records whose keys are not in a table yet, as MERGE would, at the price of an append: keys are compared here,
 * and one commit adds what is new. A MERGE shuffles every wide row twice to find out the same, and takes three times as long.
 *
 * <p>Two imports at once cannot both add a row: the commit fails when anything was added since the keys were read, and then the
 * comparison is made again.
 */
public final class IdempotentAppend {
    /** Items up to which a query names their keys. */
    private static final int MOST_NAMED = 1000;

    private final Warehouse warehouse;
    private final String table;

    public IdempotentAppend(Warehouse warehouse, String table) {
        this.warehouse = warehouse;
        this.table = table;
    }

    /**
     * Inserts the new ones of {@code items}, of which no two have the same key.
     *
     * @param key an item's values of the columns of the table's key, in its order
     * @param record an item's record; asked when it is written, by several threads
     * @return how many were new
     */
    public <T, R extends Record> long insert(
            Class<R> recordClass, List<T> items, Function<T, List<Object>> key, Function<T, R> record) {
        return Conflicts.retry(warehouse.location(), table, () -> {
            DeltaAppend<R> append = DeltaAppend.begin(warehouse, table, recordClass);
            if (!append.plain()) {
                return warehouse.merge(
                        table, recordClass, items.stream().map(record).toList());
            }
            append.readWholeTable();
            List<T> added = items;
            if (append.version() >= 0 && !items.isEmpty()) {
                Set<List<Object>> known = keys(append.version(), items, key);
                added = items.stream()
                        .filter(i -> !known.contains(key.apply(i)))
                        .toList();
            }
            append.commit(added, record);
            return (long) added.size();
        });
    }

    /** The keys in the table that an item may have: for few items not all of a large table. */
    private <T> Set<List<Object>> keys(long version, List<T> items, Function<T, List<Object>> key) {
        Column[] columns =
                TableDefinition.of(table).key().stream().map(functions::col).toArray(Column[]::new);
        Dataset<Row> rows = warehouse
                .spark()
                .read()
                .format("delta")
                .option("versionAsOf", version)
                .load(warehouse.path(table));
        if (items.size() <= MOST_NAMED) {
            for (int i = 0; i < columns.length; i++) {
                int at = i;
                Object[] values = items.stream()
                        .map(item -> key.apply(item).get(at))
                        .distinct()
                        .toArray();
                rows = rows.where(columns[i].isin(values));
            }
        }
        Set<List<Object>> keys = new HashSet<>();
        for (Row row : rows.select(columns).collectAsList()) {
            keys.add(IntStream.range(0, columns.length).mapToObj(row::get).toList());
        }
        return keys;
    }
}
