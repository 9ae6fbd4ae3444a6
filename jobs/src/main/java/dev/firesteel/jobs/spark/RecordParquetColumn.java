package dev.firesteel.jobs.spark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes one column of a table: into one Parquet column, or into two when its values are maps. A batch of rows goes in at once, so that
 * what is asked of a type or a level is asked once a batch and not once a value.
 */
abstract class RecordParquetColumn {
    /** Writes the values that {@code rows} have at this column. */
    abstract void write(List<Object[]> rows);

    /** How a value that is not NULL is written. */
    private interface Value {
        void write(ColumnWriter out, Object value, int repetition, int definition);
    }

    /**
     * The writer of column {@code at}.
     *
     * @param type its DDL type
     * @param leaves the Parquet columns that hold it, in the schema's order
     * @throws IllegalStateException for a type that no table uses
     */
    static RecordParquetColumn of(int at, String type, List<ColumnDescriptor> leaves, ColumnWriteStore store) {
        ColumnWriter first = store.getColumnWriter(leaves.get(0));
        int level = leaves.get(0).getMaxDefinitionLevel();
        if (type.startsWith("ARRAY<")) {
            return new Lists(at, first, value(inner(type)), level);
        }
        if (type.startsWith("MAP<")) {
            String[] parts = inner(type).split(",");
            return new Maps(
                    at,
                    first,
                    value(parts[0].strip()),
                    level,
                    store.getColumnWriter(leaves.get(1)),
                    value(parts[1].strip()),
                    leaves.get(1).getMaxDefinitionLevel());
        }
        return new Scalars(at, first, value(type), level);
    }

    private static String inner(String type) {
        return type.substring(type.indexOf('<') + 1, type.length() - 1);
    }

    private static Value value(String type) {
        return switch (type) {
            case "STRING" -> new Text();
            case "BINARY" -> (out, v, r, d) -> out.write(Binary.fromConstantByteArray((byte[]) v), r, d);
            case "BIGINT" -> (out, v, r, d) -> out.write((long) (Long) v, r, d);
            case "INT" -> (out, v, r, d) -> out.write((int) (Integer) v, r, d);
            case "DOUBLE" -> (out, v, r, d) -> out.write((double) (Double) v, r, d);
            case "BOOLEAN" -> (out, v, r, d) -> out.write((boolean) (Boolean) v, r, d);
            case "TIMESTAMP" -> (out, v, r, d) -> out.write(micros((Instant) v), r, d);
            default -> throw new IllegalStateException("no Parquet writer for columns of type " + type);
        };
    }

    /** Microseconds since 1970, rounded down. */
    static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), 1_000_000L), TimeUnit.NANOSECONDS.toMicros(time.getNano()));
    }

    /** Keeps the bytes of the last text: many columns hold the same one row after row. */
    private static final class Text implements Value {
        private String last;
        private Binary bytes;

        @Override
        public void write(ColumnWriter out, Object value, int repetition, int definition) {
            String text = (String) value;
            if (!text.equals(last)) {
                last = text;
                bytes = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
            }
            out.write(bytes, repetition, definition);
        }
    }

    /** Definition levels: 0 or, of a column that is never NULL, {@code level} itself. */
    private static final class Scalars extends RecordParquetColumn {
        private final int at;
        private final ColumnWriter out;
        private final Value value;
        private final int level;

        Scalars(int at, ColumnWriter out, Value value, int level) {
            this.at = at;
            this.out = out;
            this.value = value;
            this.level = level;
        }

        @Override
        void write(List<Object[]> rows) {
            for (Object[] row : rows) {
                Object v = row[at];
                if (v == null) {
                    out.writeNull(0, 0);
                } else {
                    value.write(out, v, 0, level);
                }
            }
        }
    }

    /** Definition levels, from the highest: the element, a NULL element, an empty list, NULL. */
    private static final class Lists extends RecordParquetColumn {
        private final int at;
        private final ColumnWriter out;
        private final Value element;
        private final int level;

        Lists(int at, ColumnWriter out, Value element, int level) {
            this.at = at;
            this.out = out;
            this.element = element;
            this.level = level;
        }

        @Override
        void write(List<Object[]> rows) {
            for (Object[] row : rows) {
                List<?> list = (List<?>) row[at];
                if (list == null || list.isEmpty()) {
                    out.writeNull(0, list == null ? 0 : level - 2);
                    continue;
                }
                int repetition = 0;
                for (Object e : list) {
                    if (e == null) {
                        out.writeNull(repetition, level - 1);
                    } else {
                        element.write(out, e, repetition, level);
                    }
                    repetition = 1;
                }
            }
        }
    }

    /** Keys are never NULL, so their highest level is that of an entry; a value's is one above. */
    private static final class Maps extends RecordParquetColumn {
        private final int at;
        private final ColumnWriter keys;
        private final Value key;
        private final int keyLevel;
        private final ColumnWriter values;
        private final Value value;
        private final int valueLevel;

        Maps(int at, ColumnWriter keys, Value key, int keyLevel, ColumnWriter values, Value value, int valueLevel) {
            this.at = at;
            this.keys = keys;
            this.key = key;
            this.keyLevel = keyLevel;
            this.values = values;
            this.value = value;
            this.valueLevel = valueLevel;
        }

        @Override
        void write(List<Object[]> rows) {
            for (Object[] row : rows) {
                Map<?, ?> map = (Map<?, ?>) row[at];
                if (map == null || map.isEmpty()) {
                    int level = map == null ? 0 : keyLevel - 1;
                    keys.writeNull(0, level);
                    values.writeNull(0, level);
                    continue;
                }
                int repetition = 0;
                for (Map.Entry<?, ?> e : map.entrySet()) {
                    key.write(keys, e.getKey(), repetition, keyLevel);
                    if (e.getValue() == null) {
                        values.writeNull(repetition, keyLevel);
                    } else {
                        value.write(values, e.getValue(), repetition, valueLevel);
                    }
                    repetition = 1;
                }
            }
        }
    }
}
