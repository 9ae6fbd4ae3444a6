package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads Parquet that others wrote, after checking that it is whole and has the columns it must have. */
public final class ParquetFiles {
    private ParquetFiles() {}

    /**
     * Checks every file of {@code files}, then reads them. Columns that are not in {@code wanted} are left out. Whether a
     * column is declared nullable does not matter: values are checked, not declarations.
     *
     * @param help what to do about a wrong column, one clause
     * @throws UserException naming the file and what is wrong: empty, truncated, a column missing or of another type
     */
    public static Dataset<Row> read(SparkSession spark, List<FileStatus> files, StructType wanted, String help) {
        Configuration conf = spark.sessionState().newHadoopConf();
        var converter = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
        for (FileStatus file : files) {
            String shown = SourceFiles.display(file.getPath());
            check(shown, converter.convert(schema(file, conf)), wanted, help);
        }
        String[] paths = files.stream().map(f -> literal(f.getPath())).toArray(String[]::new);
        return spark.read().schema(wanted).parquet(paths);
    }

    private static MessageType schema(FileStatus file, Configuration conf) {
        String shown = SourceFiles.display(file.getPath());
        if (file.getLen() == 0) {
            throw new UserException(shown + ": the file is empty; copy it again");
        }
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
            return reader.getFooter().getFileMetaData().getSchema();
        } catch (IOException | RuntimeException e) {
            throw new UserException(shown + ": not Parquet, or truncated (" + reason(e, shown) + "); copy it again", e);
        }
    }

    private static String reason(Exception e, String shown) {
        String line = Messages.firstLine(e);
        return line.startsWith("file:" + shown)
                ? line.substring(5 + shown.length()).strip()
                : line;
    }

    /** A path for Spark's readers, which take what they get for a pattern. */
    private static String literal(Path path) {
        return path.toString().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
    }

    private static void check(String file, StructType found, StructType wanted, String help) {
        for (StructField field : wanted.fields()) {
            String type = field.dataType().catalogString();
            int at = List.of(found.fieldNames()).indexOf(field.name());
            if (at < 0) {
                throw new UserException(file + ": column '" + field.name() + "' (" + type + ") is missing; " + help);
            }
            String foundType = found.fields()[at].dataType().catalogString();
            if (!foundType.equals(type)) {
                throw new UserException(
                        file + ": column '" + field.name() + "' is " + foundType + ", must be " + type + "; " + help);
            }
        }
    }
}
