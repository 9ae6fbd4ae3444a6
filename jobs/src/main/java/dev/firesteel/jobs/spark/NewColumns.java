package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;

/** Columns that a table was made without by an older version, and that may be NULL: they are added, NULL in the rows that are there. */
final class NewColumns {
    private NewColumns() {}

    static void add(Warehouse warehouse, TableDefinition definition) {
        String path = warehouse.path(definition.name());
        if (missing(warehouse, definition, path).isEmpty()) {
            return;
        }
        Conflicts.retry(warehouse.location(), definition.name(), () -> {
            List<StructField> missing = missing(warehouse, definition, path);
            if (!missing.isEmpty()) {
                String columns = missing.stream().map(StructField::toDDL).collect(Collectors.joining(", "));
                warehouse.spark().sql("ALTER TABLE delta.`" + path + "` ADD COLUMNS (" + columns + ")");
            }
            return null;
        });
    }

    private static List<StructField> missing(Warehouse warehouse, TableDefinition definition, String path) {
        Set<String> there =
                Set.of(DeltaTable.forPath(warehouse.spark(), path).toDF().columns());
        return Arrays.stream(RowCodec.schema(definition).fields())
                .filter(f -> f.nullable() && !there.contains(f.name()))
                .toList();
    }
}
