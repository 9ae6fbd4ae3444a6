package dev.firesteel.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as its {@code .sql} file in this package declares it: the single source of its columns, key and constraints.
 *
 * <p>The files keep to a small form so that they can be read without an SQL parser: a {@code -- key: a, b} line, one
 * {@code CREATE TABLE} with one column a line, then one {@code ALTER TABLE … ADD CONSTRAINT} a line.
 *
 * @param name the table's name, also its folder in a warehouse
 * @param comment what a row is
 * @param columns in declared order
 * @param key the columns that identify a row: jobs MERGE on them, so a repeated run adds nothing
 * @param constraints what Delta checks at every write
 * @param delta false for plain Parquet (the witness, which is an input and not a result)
 */
public record TableDefinition(
        String name,
        String comment,
        List<Column> columns,
        List<String> key,
        List<Constraint> constraints,
        boolean delta) {

    /** Every table of a warehouse, in the order in which jobs fill them. */
    public static final List<String> NAMES = List.of(
            "programs",
            "witness",
            "quarantine",
            "executions",
            "segments",
            "commitments",
            "challenges",
            "program_keys",
            "setups",
            "segment_proofs",
            "proofs",
            "verdicts",
            "attempts",
            "environments",
            "runs",
            "benchmark_results",
            "marginal_fits",
            "experiments");

    private static final Pattern KEY = Pattern.compile("(?m)^-- key: (.+)$");
    private static final Pattern CREATE =
            Pattern.compile("(?s)CREATE TABLE IF NOT EXISTS \\$\\{table} \\(\\n(.*?)\\n\\) USING (delta|parquet)"
                    + " COMMENT '((?:[^']|'')*)';");
    private static final Pattern COLUMN =
            Pattern.compile("^\\s+([a-z][a-z0-9_]*) ([A-Z]+(?:<.+>)?)( NOT NULL)? COMMENT '((?:[^']|'')+)'$");
    private static final Pattern CHECK =
            Pattern.compile("(?m)^ALTER TABLE \\$\\{table} ADD CONSTRAINT ([a-z0-9_]+) CHECK \\((.+)\\);$");

    /** Reads the definition of {@code name}; throws {@link IllegalArgumentException} when there is no such table. */
    public static TableDefinition of(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no table '" + name + "'; the tables are " + String.join(", ", NAMES));
        }
        try (InputStream in = TableDefinition.class.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("the definition " + name + ".sql is missing from the jar");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All definitions, in the order of {@link #NAMES}. */
    public static List<TableDefinition> all() {
        return NAMES.stream().map(TableDefinition::of).toList();
    }

    /** Parses the text of a {@code .sql} file; throws {@link IllegalArgumentException} naming the line it cannot read. */
    public static TableDefinition parse(String name, String sql) {
        Matcher create = CREATE.matcher(sql);
        Matcher keyLine = KEY.matcher(sql);
        if (!create.find() || !keyLine.find()) {
            throw new IllegalArgumentException(name + ".sql: needs a '-- key:' line and one CREATE TABLE statement");
        }
        List<Column> columns = new ArrayList<>();
        for (String line : create.group(1).split("\n")) {
            if (line.isBlank() || line.strip().startsWith("--")) {
                continue;
            }
            String text = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
            Matcher column = COLUMN.matcher(text);
            if (!column.matches()) {
                throw new IllegalArgumentException(name + ".sql: not a column with a comment: " + line.strip());
            }
            columns.add(new Column(
                    column.group(1),
                    column.group(2).toUpperCase(Locale.ROOT),
                    column.group(3) == null,
                    column.group(4).replace("''", "'")));
        }
        List<Constraint> constraints = new ArrayList<>();
        Matcher check = CHECK.matcher(sql);
        while (check.find()) {
            constraints.add(new Constraint(check.group(1), check.group(2)));
        }
        List<String> key =
                Arrays.stream(keyLine.group(1).split(",")).map(String::strip).toList();
        return new TableDefinition(
                name,
                create.group(3).replace("''", "'"),
                List.copyOf(columns),
                key,
                List.copyOf(constraints),
                create.group(2).equals("delta"));
    }

    /** The columns as a DDL list, for {@code StructType.fromDDL} and for {@code CREATE TABLE}. */
    public String columnsDdl() {
        StringBuilder ddl = new StringBuilder();
        for (Column column : columns) {
            if (ddl.length() > 0) {
                ddl.append(", ");
            }
            ddl.append(column.name()).append(' ').append(column.type());
            if (!column.nullable()) {
                ddl.append(" NOT NULL");
            }
            ddl.append(" COMMENT '")
                    .append(column.comment().replace("\\", "\\\\").replace("'", "\\'"))
                    .append('\'');
        }
        return ddl.toString();
    }

    /** The simple name of the table's record: {@code segment_proofs} is {@code SegmentProof}. */
    public String recordName() {
        String component = new Column(name, "", true, "").component();
        String camel = Character.toUpperCase(component.charAt(0)) + component.substring(1);
        return camel.endsWith("s") && !camel.endsWith("ss") ? camel.substring(0, camel.length() - 1) : camel;
    }

    /** The table's record class; throws {@link IllegalStateException} when it is missing. */
    public Class<? extends Record> recordClass() {
        String className = TableDefinition.class.getPackageName() + "." + recordName();
        try {
            return Class.forName(className).asSubclass(Record.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the record of table " + name + " is missing: " + className, e);
        }
    }
}
