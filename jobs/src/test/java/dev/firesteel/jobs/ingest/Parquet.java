package dev.firesteel.jobs.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes single Parquet files for tests. */
public final class Parquet {
    private Parquet() {}

    /** Writes {@code rows} as {@code folder/name} and returns the file. */
    public static Path write(Dataset<Row> rows, Path folder, String name) throws IOException {
        Path staging = Files.createTempDirectory("parquet").resolve("out");
        rows.coalesce(1).write().parquet(staging.toString());
        Files.createDirectories(folder);
        try (var files = Files.list(staging)) {
            Path part = files.filter(f -> f.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.move(part, folder.resolve(name));
        }
    }
}
