package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Writes records of a table to one Parquet file with the schema that Spark itself would give it. Going through Spark rows costs several
 * times as much: every value is converted twice, and a job is planned, compiled and scheduled around it.
 */
final class RecordParquet {
    /** Tells Spark's reader that days and times are in the proleptic Gregorian calendar. */
    private static final String SPARK_VERSION_KEY = "org.apache.spark.version";

    private RecordParquet() {}

    /** The Parquet schema of a table. Times are microseconds, not the 96 bits that Spark writes unless told otherwise: half of the size, and ordered. */
    static MessageType schema(RowCodec<?> codec) {
        return new SparkToParquetSchemaConverter(
                        false,
                        SQLConf.ParquetOutputTimestampType$.MODULE$.TIMESTAMP_MICROS(),
                        SparkToParquetSchemaConverter.$lessinit$greater$default$3(),
                        SparkToParquetSchemaConverter.$lessinit$greater$default$4())
                .convert(codec.schema());
    }

    /**
     * Writes the records of {@code items}, each made when its turn comes.
     *
     * @param check sees every row before it is written, and throws to refuse it
     */
    static <T, R extends Record> void write(
            Path file,
            Configuration conf,
            CompressionCodecName compression,
            String sparkVersion,
            RowCodec<R> codec,
            List<T> items,
            Function<T, R> record,
            RowChecks.Check check)
            throws IOException {
        Builder builder = new Builder(HadoopOutputFile.fromPath(file, conf), new RowSupport(codec))
                .withConf(conf)
                .withWriteMode(ParquetFileWriter.Mode.CREATE)
                .withCompressionCodec(compression)
                // No reader of these tables uses them.
                .withSizeStatisticsEnabled(false)
                .withExtraMetaData(Map.of(SPARK_VERSION_KEY, sparkVersion));
        // Every value is another one: a dictionary is built, found to be too large and thrown away.
        codec.table().key().forEach(column -> builder.withDictionaryEncoding(column, false));
        try (ParquetWriter<Object[]> writer = builder.build()) {
            for (T item : items) {
                Object[] row = codec.values(record.apply(item));
                check.accept(row);
                writer.write(row);
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
        private final RowSupport support;

        Builder(HadoopOutputFile file, RowSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract still
        protected WriteSupport<Object[]> getWriteSupport(Configuration conf) {
            return support;
        }
    }

    /** How a value that is not NULL is written. */
    private interface Value {
        void write(RecordConsumer out, Object value);
    }

    private static final class RowSupport extends WriteSupport<Object[]> {
        private final MessageType schema;
        private final String[] names;
        private final Value[] values;
        private RecordConsumer out;

        RowSupport(RowCodec<?> codec) {
            schema = RecordParquet.schema(codec);
            List<Column> columns = codec.table().columns();
            names = columns.stream().map(Column::name).toArray(String[]::new);
            values = columns.stream().map(c -> value(c.type())).toArray(Value[]::new);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract still
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(Object[] row) {
            out.startMessage();
            for (int i = 0; i < row.length; i++) {
                if (row[i] != null) {
                    out.startField(names[i], i);
                    values[i].write(out, row[i]);
                    out.endField(names[i], i);
                }
            }
            out.endMessage();
        }
    }

    /** The writer of values of a DDL type; throws {@link IllegalStateException} for one that no table uses. */
    private static Value value(String type) {
        if (type.startsWith("ARRAY<")) {
            return list(value(inner(type)));
        }
        if (type.startsWith("MAP<")) {
            String[] parts = inner(type).split(",");
            return map(value(parts[0].strip()), value(parts[1].strip()));
        }
        return switch (type) {
            case "STRING" -> text();
            case "BINARY" -> (out, v) -> out.addBinary(Binary.fromConstantByteArray((byte[]) v));
            case "BIGINT" -> (out, v) -> out.addLong((Long) v);
            case "INT" -> (out, v) -> out.addInteger((Integer) v);
            case "DOUBLE" -> (out, v) -> out.addDouble((Double) v);
            case "BOOLEAN" -> (out, v) -> out.addBoolean((Boolean) v);
            case "TIMESTAMP" -> (out, v) -> out.addLong(micros((Instant) v));
            default -> throw new IllegalStateException("no Parquet writer for columns of type " + type);
        };
    }

    /** Keeps the bytes of the last text: many columns hold the same one row after row. */
    private static Value text() {
        return new Value() {
            private String last;
            private Binary bytes;

            @Override
            public void write(RecordConsumer out, Object value) {
                String text = (String) value;
                if (!text.equals(last)) {
                    last = text;
                    bytes = Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
                }
                out.addBinary(bytes);
            }
        };
    }

    private static String inner(String type) {
        return type.substring(type.indexOf('<') + 1, type.length() - 1);
    }

    /** Microseconds since 1970, rounded down. */
    static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), 1_000_000L), TimeUnit.NANOSECONDS.toMicros(time.getNano()));
    }

    private static Value list(Value element) {
        return (out, v) -> {
            out.startGroup();
            List<?> list = (List<?>) v;
            if (!list.isEmpty()) {
                out.startField("list", 0);
                for (Object e : list) {
                    out.startGroup();
                    if (e != null) {
                        out.startField("element", 0);
                        element.write(out, e);
                        out.endField("element", 0);
                    }
                    out.endGroup();
                }
                out.endField("list", 0);
            }
            out.endGroup();
        };
    }

    private static Value map(Value key, Value value) {
        return (out, v) -> {
            out.startGroup();
            Map<?, ?> map = (Map<?, ?>) v;
            if (!map.isEmpty()) {
                out.startField("key_value", 0);
                for (Map.Entry<?, ?> e : map.entrySet()) {
                    out.startGroup();
                    out.startField("key", 0);
                    key.write(out, e.getKey());
                    out.endField("key", 0);
                    if (e.getValue() != null) {
                        out.startField("value", 1);
                        value.write(out, e.getValue());
                        out.endField("value", 1);
                    }
                    out.endGroup();
                }
                out.endField("key_value", 0);
            }
            out.endGroup();
        };
    }
}
