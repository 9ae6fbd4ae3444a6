package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.spark.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds Parquet files to the witness. They are written under a hidden folder and renamed when they are complete, so that a
 * run that is killed leaves nothing that a reader sees; their names come from their content, so that two runs that race
 * write the same ones.
 */
final class WitnessFiles {
    /** About as many bytes of input as go into one file. */
    private static final long BYTES_PER_FILE = 256L << 20;

    private final Warehouse warehouse;

    WitnessFiles(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Writes {@code rows}, sorted by request.
     *
     * @param contentHash of the rows, 64 hex digits
     * @param bytes that the rows take, about
     * @return the files' names
     */
    List<String> add(Dataset<Row> rows, String contentHash, long bytes, String runId) throws IOException {
        Path folder = new Path(warehouse.path("witness"));
        Path staging = new Path(folder, ".staging-" + runId + "-" + contentHash.substring(0, 16));
        FileSystem fs = folder.getFileSystem(warehouse.spark().sessionState().newHadoopConf());
        try {
            rows.coalesce((int) Math.max(1, Math.min(1000, bytes / BYTES_PER_FILE)))
                    .sortWithinPartitions("request_id")
                    .write()
                    .parquet(staging.toString());
            return publish(fs, staging, folder, contentHash);
        } finally {
            fs.delete(staging, true);
        }
    }

    private static List<String> publish(FileSystem fs, Path staging, Path folder, String contentHash)
            throws IOException {
        FileStatus[] parts = fs.listStatus(
                staging, p -> !p.getName().startsWith("_") && !p.getName().startsWith("."));
        Arrays.sort(parts, Comparator.comparing(p -> p.getPath().getName()));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            Path target = new Path(folder, contentHash + (parts.length == 1 ? "" : "-" + i) + ".parquet");
            if (!fs.exists(target) && !fs.rename(parts[i].getPath(), target) && !fs.exists(target)) {
                throw new IOException("cannot rename " + parts[i].getPath() + " to " + target);
            }
            names.add(target.getName());
        }
        return names;
    }
}
