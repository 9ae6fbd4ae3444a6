package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Column;
import dev.firesteel.schemas.TableDefinition;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows of one table from and to its record. The order of columns is the DDL's, checked against the record when the
 * codec is made, so a column cannot end up under another one's name.
 *
 * @param <R> the table's record
 */
public final class RowCodec<R extends Record> {
    private final TableDefinition table;
    private final StructType schema;
    private final RecordComponent[] components;
    private final List<Function<Object, Object>> accessors = new ArrayList<>();
    private final Constructor<R> constructor;

    private RowCodec(TableDefinition table, Class<R> recordClass) {
        this.table = table;
        this.schema = schema(table);
        this.components = recordClass.getRecordComponents();
        List<Column> columns = table.columns();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            if (i >= columns.size()
                    || !components[i].getName().equals(columns.get(i).component())) {
                throw new IllegalStateException(recordClass.getName() + " does not match table " + table.name()
                        + " at component " + components[i].getName());
            }
            types[i] = components[i].getType();
            accessors.add(accessor(components[i]));
        }
        try {
            this.constructor = recordClass.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The codec of the table whose record is {@code recordClass}. */
    public static <R extends Record> RowCodec<R> of(String table, Class<R> recordClass) {
        return new RowCodec<>(TableDefinition.of(table), recordClass);
    }

    /** The Spark schema of a table, comments included. */
    public static StructType schema(TableDefinition table) {
        return StructType.fromDDL(table.columnsDdl());
    }

    /** The Spark schema of the rows. */
    public StructType schema() {
        return schema;
    }

    /** The definition of the table. */
    public TableDefinition table() {
        return table;
    }

    /** The row of {@code record}, columns in the DDL's order. */
    public Row toRow(R record) {
        Object[] values = values(record);
        for (int i = 0; i < values.length; i++) {
            values[i] = toSpark(values[i]);
        }
        return RowFactory.create(values);
    }

    /** The values of {@code record} as they are, columns in the DDL's order. */
    Object[] values(R record) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = accessors.get(i).apply(record);
        }
        return values;
    }

    /** A component's accessor as compiled code: reflection checks every call again. */
    @SuppressWarnings("unchecked")
    private static Function<Object, Object> accessor(RecordComponent component) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle accessor = lookup.unreflect(component.getAccessor());
            return (Function<Object, Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(Function.class),
                            MethodType.methodType(Object.class, Object.class),
                            accessor,
                            accessor.type().wrap())
                    .getTarget()
                    .invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** The rows of {@code records}. */
    public List<Row> toRows(List<R> records) {
        List<Row> rows = new ArrayList<>(records.size());
        records.forEach(r -> rows.add(toRow(r)));
        return rows;
    }

    /** The record of {@code row}; columns are found by name, so the row may have them in any order. */
    public R fromRow(Row row) {
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            int at = row.fieldIndex(table.columns().get(i).name());
            if (row.isNullAt(at)) {
                values[i] = null;
            } else if (components[i].getType() == List.class) {
                values[i] = List.copyOf(row.getList(at));
            } else if (components[i].getType() == Map.class) {
                values[i] = row.getJavaMap(at);
            } else if (components[i].getType() == java.time.Instant.class) {
                Object time = row.get(at);
                values[i] = time instanceof java.sql.Timestamp timestamp ? timestamp.toInstant() : time;
            } else {
                values[i] = row.get(at);
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a row of " + table.name(), e);
        }
    }

    /** A list or map as Scala's, which Spark wants; other values as they are. */
    static Object toSpark(Object value) {
        if (value instanceof List<?> list) {
            return CollectionConverters.asScala(list).toSeq();
        }
        if (value instanceof Map<?, ?> map) {
            return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
        }
        return value;
    }
}
