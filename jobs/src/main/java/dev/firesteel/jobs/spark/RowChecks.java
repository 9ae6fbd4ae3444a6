package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The NOT NULL and CHECK constraints of a Delta table, evaluated on rows that do not pass through Spark's writer, which would evaluate
 * them. The expressions are Spark's own, resolved by its analyzer, so that both writers refuse the same rows.
 */
final class RowChecks {
    private static final String PREFIX = "delta.constraints.";

    /** Looks at one row after another; not for several threads at once. */
    interface Check {
        /** Throws {@link ConstraintViolation} when the row may not be written. */
        void accept(Object[] row);
    }

    /** A row breaks a constraint: a defect of the program, which has to refuse such input before. */
    static final class ConstraintViolation extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ConstraintViolation(String message) {
            super(message);
        }
    }

    /** A constraint and the columns that it looks at. */
    private record Named(String name, String text, Expression expression, int[] columns) {}

    private final String table;
    private final StructType schema;
    private final int[] required;
    private final List<Named> checks;

    private RowChecks(String table, StructType schema, int[] required, List<Named> checks) {
        this.table = table;
        this.schema = schema;
        this.required = required;
        this.checks = checks;
    }

    /**
     * The constraints of a table with these properties.
     *
     * @param schema the table's, which says what may be NULL
     * @param properties the table's, CHECK constraints among them
     */
    static RowChecks of(SparkSession spark, String table, StructType schema, Map<String, String> properties) {
        StructField[] fields = schema.fields();
        int[] required = IntStream.range(0, fields.length)
                .filter(i -> !fields[i].nullable())
                .toArray();
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> {
            if (key.startsWith(PREFIX)) {
                texts.put(key.substring(PREFIX.length()), text);
            }
        });
        return new RowChecks(table, schema, required, resolve(spark, schema, texts));
    }

    private static List<Named> resolve(SparkSession spark, StructType schema, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        Dataset<Row> none = spark.createDataFrame(List.of(), schema);
        LogicalPlan resolved = ((org.apache.spark.sql.classic.Dataset<Row>)
                        none.selectExpr(texts.values().toArray(String[]::new)))
                .queryExecution()
                .analyzed();
        // Some operators, such as BETWEEN, are only names for others until the optimizer has replaced them.
        Project plan = (Project) RewriteWithExpression.apply(ReplaceExpressions.apply(resolved));
        List<String> names = List.copyOf(texts.keySet());
        List<Named> checks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Expression named = (Expression) plan.projectList().apply(i);
            Expression bound = BindReferences.bindReference(
                    named.children().head(),
                    package$.MODULE$.AttributeSeq(plan.child().output()),
                    false);
            checks.add(new Named(names.get(i), texts.get(names.get(i)), bound, columns(bound)));
        }
        return checks;
    }

    private static int[] columns(Expression bound) {
        return CollectionConverters.asJava(bound.collectLeaves()).stream()
                .filter(BoundReference.class::isInstance)
                .mapToInt(e -> ((BoundReference) e).ordinal())
                .distinct()
                .toArray();
    }

    /** A check with its own scratch space. */
    Check start() {
        List<Evaluation> evaluations = checks.stream().map(Evaluation::new).toList();
        return values -> {
            for (int i : required) {
                if (values[i] == null) {
                    throw new ConstraintViolation(
                            table + ": column " + schema.fields()[i].name() + " is NULL and may not be");
                }
            }
            for (Evaluation evaluation : evaluations) {
                if (!evaluation.passes(values)) {
                    throw new ConstraintViolation(table + ": a row breaks the constraint " + evaluation.check.name
                            + ", " + evaluation.check.text);
                }
            }
        };
    }

    /** One constraint on one row after another. */
    private final class Evaluation {
        private final Named check;
        private final GenericInternalRow row = new GenericInternalRow(schema.length());
        private final List<Function1<Object, Object>> converters;
        private final Object[] passed;
        private boolean any;

        Evaluation(Named check) {
            this.check = check;
            passed = new Object[check.columns.length];
            converters = IntStream.of(check.columns)
                    .mapToObj(i -> CatalystTypeConverters.createToCatalystConverter(schema.fields()[i].dataType()))
                    .toList();
        }

        boolean passes(Object[] values) {
            // A constraint is a function of its columns: most rows have the values of the row before there.
            boolean same = any;
            for (int i = 0; same && i < passed.length; i++) {
                same = Objects.equals(passed[i], values[check.columns[i]]);
            }
            if (same) {
                return true;
            }
            for (int i = 0; i < passed.length; i++) {
                passed[i] = values[check.columns[i]];
                row.update(check.columns[i], converters.get(i).apply(RowCodec.toSpark(passed[i])));
            }
            // As in Delta, NULL is no pass.
            any = Boolean.TRUE.equals(check.expression.eval(row));
            return any;
        }
    }

    /** Whether the columns are those of {@code codec}'s table, names and types in the same order. */
    static boolean sameColumns(StructType schema, RowCodec<?> codec) {
        List<Column> columns = codec.table().columns();
        StructField[] fields = schema.fields();
        StructField[] ours = codec.schema().fields();
        return fields.length == columns.size()
                && IntStream.range(0, fields.length)
                        .allMatch(i -> fields[i].name().equals(ours[i].name())
                                && fields[i].dataType().equals(ours[i].dataType()));
    }
}
