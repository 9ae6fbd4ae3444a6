package dev.firesteel.jobs.tables;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.cli.JobCommand;
import dev.firesteel.jobs.spark.Constraints;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Column;
import dev.firesteel.schemas.Constraint;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firesteel tables}: creates, describes and tends the tables of a warehouse. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        description = "Create, describe, optimize or vacuum the tables of a warehouse.",
        subcommands = {
            TablesCommand.Create.class,
            TablesCommand.Describe.class,
            TablesCommand.Optimize.class,
            TablesCommand.Vacuum.class
        })
public final class TablesCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "name an action: create, describe, optimize or vacuum");
    }

    /** What the four actions share: the names of the tables, all when none is given. */
    abstract static class Action extends JobCommand {
        @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Tables (default: all).")
        private List<String> names = List.of();

        @Override
        protected void check() {
            for (String name : names) {
                if (!TableDefinition.NAMES.contains(name)) {
                    throw new UserException(
                            name + ": no such table; the tables are " + String.join(", ", TableDefinition.NAMES));
                }
            }
        }

        @Override
        protected boolean recorded() {
            return false;
        }

        List<TableDefinition> selected() {
            return (names.isEmpty() ? TableDefinition.NAMES : names)
                    .stream().map(TableDefinition::of).toList();
        }

        /** The selected Delta tables that exist. */
        List<TableDefinition> present(Warehouse warehouse) {
            return selected().stream()
                    .filter(t -> t.delta() && warehouse.exists(t.name()))
                    .toList();
        }
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Create the tables that are missing, and renew constraints that an earlier version made.",
            footer = {"", "Example: firesteel tables create --warehouse warehouse"})
    static final class Create extends Action {
        @Override
        protected int run(SparkSession spark) {
            Warehouse warehouse = Warehouse.open(spark, warehouseLocation());
            for (TableDefinition table : selected()) {
                if (!table.delta()) {
                    out().printf("%-18s Parquet, written by ingest%n", table.name());
                    continue;
                }
                boolean there = warehouse.exists(table.name());
                warehouse.create(table.name());
                int renewed = there ? Constraints.renew(warehouse, table.name()) : 0;
                out().printf(
                                "%-18s %s%n",
                                table.name(),
                                !there
                                        ? "created"
                                        : renewed == 0 ? "exists" : "exists, " + renewed + " constraints renewed");
            }
            out().println("tables are in " + warehouse.location());
            return 0;
        }
    }

    @Command(
            name = "describe",
            mixinStandardHelpOptions = true,
            description = "Print columns, key, constraints, rows and size of the tables.",
            footer = {"", "Example: firesteel tables describe executions segments"})
    static final class Describe extends Action {
        @Override
        protected int run(SparkSession spark) {
            Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
            for (TableDefinition table : selected()) {
                out().printf("%s: %s%n  key: %s%n", table.name(), table.comment(), String.join(", ", table.key()));
                for (Column column : table.columns()) {
                    out().printf(
                                    "  %-20s %-22s %-8s %s%n",
                                    column.name(),
                                    column.type(),
                                    column.nullable() ? "" : "NOT NULL",
                                    column.comment());
                }
                for (Constraint constraint : table.constraints()) {
                    out().printf("  check %s: %s%n", constraint.name(), constraint.expression());
                }
                if (!warehouse.exists(table.name())) {
                    out().printf("  not created yet%n%n");
                } else if (table.delta()) {
                    Row detail = DeltaTable.forPath(spark, warehouse.path(table.name()))
                            .detail()
                            .first();
                    out().printf(
                                    "  %d rows, %d files, %d bytes, version %d%n%n",
                                    warehouse.read(table.name()).count(),
                                    detail.<Long>getAs("numFiles"),
                                    detail.<Long>getAs("sizeInBytes"),
                                    latestVersion(spark, warehouse, table));
                } else {
                    out().printf("  %d rows%n%n", warehouse.read(table.name()).count());
                }
            }
            return 0;
        }

        private static long latestVersion(SparkSession spark, Warehouse warehouse, TableDefinition table) {
            return DeltaTable.forPath(spark, warehouse.path(table.name()))
                    .history(1)
                    .first()
                    .getAs("version");
        }
    }

    @Command(
            name = "optimize",
            mixinStandardHelpOptions = true,
            description = "Compact the small files of the tables.",
            footer = {"", "Example: firesteel tables optimize executions"})
    static final class Optimize extends Action {
        @Override
        protected int run(SparkSession spark) {
            Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
            for (TableDefinition table : present(warehouse)) {
                Row metrics = DeltaTable.forPath(spark, warehouse.path(table.name()))
                        .optimize()
                        .executeCompaction()
                        .first()
                        .getAs("metrics");
                out().printf(
                                "%-18s %d files became %d%n",
                                table.name(),
                                metrics.<Long>getAs("numFilesRemoved"),
                                metrics.<Long>getAs("numFilesAdded"));
            }
            return 0;
        }
    }

    @Command(
            name = "vacuum",
            mixinStandardHelpOptions = true,
            description = "Delete files that no version within the retention needs. Time travel ends there.",
            footer = {"", "Example: firesteel tables vacuum --retain-hours 168"})
    static final class Vacuum extends Action {
        @Option(
                names = "--retain-hours",
                paramLabel = "N",
                description = "Hours of history to keep, at least 168 (default: ${DEFAULT-VALUE}).",
                defaultValue = "168")
        private double retainHours;

        @Override
        protected void check() {
            super.check();
            if (!(retainHours >= 168)) {
                throw new UserException("--retain-hours " + retainHours
                        + ": less than 168 could delete files that a running job still reads");
            }
        }

        @Override
        protected int run(SparkSession spark) {
            Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
            for (TableDefinition table : present(warehouse)) {
                DeltaTable.forPath(spark, warehouse.path(table.name())).vacuum(retainHours);
                out().printf("%-18s vacuumed%n", table.name());
            }
            return 0;
        }
    }
}
