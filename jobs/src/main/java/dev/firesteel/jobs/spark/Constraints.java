package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Constraint;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.util.Locale;
import java.util.Map;

/** CHECK constraints of tables that an earlier version made. */
public final class Constraints {
    private Constraints() {}

    /**
     * Makes the constraints of {@code table}, which exists, those of its definition: what this version writes might not satisfy
     * the ones of another. Delta checks every row of the table against a constraint that it adds.
     *
     * @return how many were not as defined
     */
    public static int renew(Warehouse warehouse, String table) {
        TableDefinition definition = TableDefinition.of(table);
        Map<String, String> properties = DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .detail()
                .select("properties")
                .first()
                .getJavaMap(0);
        int renewed = 0;
        for (Constraint constraint : definition.constraints()) {
            String found =
                    properties.get("delta.constraints." + constraint.name().toLowerCase(Locale.ROOT));
            if (!constraint.expression().equals(found)) {
                String alter = "ALTER TABLE delta.`" + warehouse.path(table) + "` ";
                warehouse.spark().sql(alter + "DROP CONSTRAINT IF EXISTS " + constraint.name());
                warehouse
                        .spark()
                        .sql(alter + "ADD CONSTRAINT " + constraint.name() + " CHECK (" + constraint.expression()
                                + ")");
                renewed++;
            }
        }
        return renewed;
    }
}
