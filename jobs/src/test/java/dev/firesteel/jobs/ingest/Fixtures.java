package dev.firesteel.jobs.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What tests of the jobs need again and again: guests, manifests, the content of a table. */
public final class Fixtures {
    private Fixtures() {}

    /** The repository's root. */
    public static Path root() {
        return Path.of(System.getProperty("firesteel.basedir", "jobs"))
                .toAbsolutePath()
                .getParent();
    }

    /** Real inputs, beside the repository; tests that want them are skipped where they are not. */
    public static Path data() {
        return Path.of(System.getProperty(
                "firesteel.data", root().resolve("../shared/data").toString()));
    }

    /** The ELF of a bundled guest. */
    public static Path guest(String name) {
        return root().resolve("guests").resolve(name).resolve(name + ".elf");
    }

    /** A request of a manifest; further fields as alternating names and values. */
    public static Map<String, Object> request(String id, String guest, String inputHex, Object... more) {
        Map<String, Object> request = new TreeMap<>();
        request.put("request_id", id);
        if (guest != null) {
            request.put("program", guest(guest).toString());
        }
        request.put("input_hex", inputHex);
        for (int i = 0; i < more.length; i += 2) {
            request.put((String) more[i], more[i + 1]);
        }
        return request;
    }

    /** The number as eight little-endian bytes in hex: what most guests take. */
    public static String number(long n) {
        StringBuilder hex = new StringBuilder("0x");
        for (int i = 0; i < 8; i++) {
            hex.append(String.format("%02x", n >>> 8 * i & 0xff));
        }
        return hex.toString();
    }

    /** Writes a manifest into {@code folder} and returns its path. */
    public static Path manifest(Path folder, Map<?, ?>... requests) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("manifest.json");
        new ObjectMapper().writeValue(file.toFile(), Map.of("requests", List.of(requests)));
        return file;
    }

    /** A writer whose text nobody reads. */
    public static PrintWriter silent() {
        return new PrintWriter(new StringWriter());
    }

    /** Ingests sources of any kind into {@code warehouse}, outside any run. */
    public static IngestJob.Summary ingest(SparkSession spark, Warehouse warehouse, Path... sources)
            throws IOException {
        List<String> locations =
                java.util.Arrays.stream(sources).map(Path::toString).toList();
        return IngestJob.open(spark, locations, null, null).run(warehouse, "test-run", silent());
    }

    /** The rows of a table as text, sorted, without the columns {@code but}: what must not change. */
    public static List<String> content(Warehouse warehouse, String table, String... but) {
        var rows = table.equals("witness") ? WitnessTable.readOrEmpty(warehouse) : warehouse.readOrEmpty(table);
        return rows.drop(but).toJSON().collectAsList().stream().sorted().toList();
    }
}
