package dev.firesteel.jobs.results;

import dev.firesteel.jobs.spark.Conflicts;
import dev.firesteel.jobs.spark.DeltaAppend;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.TableDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Inserts many records whose keys are not in a table yet, as MERGE would, at the price of an append: keys are compared here,
 * and one commit adds what is new. A MERGE shuffles every wide row twice to find out the same, and takes three times as long.
 *
 * <p>Two imports at once cannot both add a row: the commit fails when anything was added since the keys were read, and then the
 * comparison is made again.
 */
final class IdempotentAppend {
    private final Warehouse warehouse;
    private final String table;

    IdempotentAppend(Warehouse warehouse, String table) {
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
    <T, R extends Record> long insert(
            Class<R> recordClass, List<T> items, Function<T, List<Object>> key, Function<T, R> record) {
        return Conflicts.retry(warehouse.location(), table, () -> {
            DeltaAppend<R> append = DeltaAppend.begin(warehouse, table, recordClass);
            if (!append.plain()) {
                return warehouse.insertNew(
                        table, recordClass, items.stream().map(record).toList());
            }
            append.readWholeTable();
            List<T> added = items;
            if (append.version() >= 0 && !items.isEmpty()) {
                Set<List<Object>> known = keys(append.version());
                added = items.stream()
                        .filter(i -> !known.contains(key.apply(i)))
                        .toList();
            }
            append.commit(added, record);
            return (long) added.size();
        });
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
}
