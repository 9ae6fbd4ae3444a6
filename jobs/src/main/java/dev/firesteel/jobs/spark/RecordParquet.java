package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Writes records of a table to one Parquet file with the schema that Spark itself would give it. Going through Spark rows costs several
 * times as much: every value is converted twice, and a job is planned, compiled and scheduled around it. Parquet's own writer of records
 * costs twice as much as its columns, which are written here: a table has many columns, and most rows a value in few of them.
 */
final class RecordParquet {
    /** Tells Spark's reader that days and times are in the proleptic Gregorian calendar. */
    private static final String SPARK_VERSION_KEY = "org.apache.spark.version";

    /** Rows that are written at once, column by column; pages end only there, so few enough for rows that are large. */
    static final int BATCH_ROWS = 100;

    /** Rows that tell which columns repeat themselves. */
    static final int SAMPLE_ROWS = 500;

    private final ParquetFileWriter out;
    private final MessageType schema;
    private final List<Column> columns;
    private final ParquetProperties properties;
    private final BytesInputCompressor compressor;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore store;
    private List<RecordParquetColumn> writers;
    private long rows;

    private RecordParquet(
            ParquetFileWriter out,
            MessageType schema,
            List<Column> columns,
            ParquetProperties properties,
            BytesInputCompressor compressor) {
        this.out = out;
        this.schema = schema;
        this.columns = columns;
        this.properties = properties;
        this.compressor = compressor;
    }

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
     * Writes the records of {@code items}, each made when its turn comes; a few of them once more before, as a sample.
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
        ParquetProperties.Builder properties = ParquetProperties.builder()
                // A page may end only where a batch does.
                .withMinRowCountForPageSizeCheck(BATCH_ROWS)
                .estimateRowCountForPageSizeCheck(false)
                // No reader of these tables uses them.
                .withSizeStatisticsEnabled(false);
        List<Column> columns = codec.table().columns();
        BitSet distinct = distinct(columns.size(), items, item -> codec.values(record.apply(item)));
        distinct.stream()
                .forEach(i -> properties.withDictionaryEncoding(columns.get(i).name(), false));
        CodecFactory codecs = new CodecFactory(conf, ParquetProperties.DEFAULT_PAGE_SIZE);
        try (ParquetFileWriter out = fileWriter(file, conf, schema(codec))) {
            out.start();
            RecordParquet writer = new RecordParquet(
                    out, schema(codec), columns, properties.build(), codecs.getCompressor(compression));
            List<Object[]> batch = new ArrayList<>(BATCH_ROWS);
            for (T item : items) {
                Object[] row = codec.values(record.apply(item));
                check.accept(row);
                batch.add(row);
                if (batch.size() == BATCH_ROWS) {
                    writer.write(batch);
                    batch.clear();
                }
            }
            writer.write(batch);
            writer.endGroup();
            out.end(Map.of(SPARK_VERSION_KEY, sparkVersion));
        } finally {
            codecs.release();
        }
    }

    private static ParquetFileWriter fileWriter(Path file, Configuration conf, MessageType schema) throws IOException {
        return new ParquetFileWriter(
                HadoopOutputFile.fromPath(file, conf),
                schema,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    }

    /**
     * The columns that have no value twice in a sample of the rows. A dictionary of such a column is built, found to be too large and thrown
     * away, which takes longer than writing the values.
     */
    static <T> BitSet distinct(int columns, List<T> items, Function<T, Object[]> row) {
        BitSet distinct = new BitSet();
        if (items.size() < 2 * SAMPLE_ROWS) {
            return distinct;
        }
        List<Object[]> sample = IntStream.range(0, SAMPLE_ROWS)
                .mapToObj(i -> row.apply(items.get((int) ((long) items.size() * i / SAMPLE_ROWS))))
                .toList();
        for (int column = 0; column < columns; column++) {
            int present = 0;
            Set<Object> values = new HashSet<>();
            for (Object[] made : sample) {
                if (made[column] != null) {
                    present++;
                    values.add(made[column]);
                }
            }
            distinct.set(column, present >= SAMPLE_ROWS / 4 && values.size() == present);
        }
        return distinct;
    }

    /** Begins a row group with the first rows, and ends it when it is full. */
    private void write(List<Object[]> batch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        if (store == null) {
            pages = new ColumnChunkPageWriteStore(
                    compressor,
                    schema,
                    properties.getAllocator(),
                    properties.getColumnIndexTruncateLength(),
                    properties.getPageWriteChecksumEnabled());
            store = properties.newColumnWriteStore(schema, pages, pages);
            writers = writers();
        }
        for (RecordParquetColumn writer : writers) {
            writer.write(batch);
        }
        // Here pages end that are long enough: all columns have the same rows now.
        for (int i = 0; i < batch.size(); i++) {
            store.endRecord();
        }
        rows += batch.size();
        if (store.getBufferedSize() > ParquetWriter.DEFAULT_BLOCK_SIZE || store.isColumnFlushNeeded()) {
            endGroup();
        }
    }

    private List<RecordParquetColumn> writers() {
        List<RecordParquetColumn> made = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            List<ColumnDescriptor> leaves = schema.getColumns().stream()
                    .filter(c -> c.getPath()[0].equals(name))
                    .toList();
            made.add(RecordParquetColumn.of(i, columns.get(i).type(), leaves, store));
        }
        return made;
    }

    private void endGroup() throws IOException {
        if (store == null) {
            return;
        }
        out.startBlock(rows);
        store.flush();
        pages.flushToFileWriter(out);
        out.endBlock();
        store.close();
        pages.close();
        store = null;
        rows = 0;
    }
}
