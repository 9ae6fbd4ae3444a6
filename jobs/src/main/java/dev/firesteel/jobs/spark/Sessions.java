package dev.firesteel.jobs.spark;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Makes the Spark session of a job: under {@code spark-submit} with what it was given, else an embedded local Spark. */
public final class Sessions {
    /** What every session needs, wherever it runs; a user's own setting of the same key wins. */
    private static final Map<String, String> ALWAYS = Map.of(
            // What a task is sent is small beside its work: the longest go first, wherever their rows lie.
            "spark.shuffle.reduceLocality.enabled",
            "false",
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            // Instants, not java.sql.Timestamp, whatever the JVM's time zone.
            "spark.sql.datetime.java8API.enabled",
            "true",
            "spark.sql.session.timeZone",
            "UTC",
            // Saves a second look at the table's whole state in every commit; only Databricks' own readers use the
            // list.
            "spark.databricks.delta.allFilesInCrc.enabled",
            "false",
            // Delta's default of 50 tasks for every look at a table costs a small cluster more than all other work of a
            // short job.
            "spark.databricks.delta.snapshotPartitions",
            "2",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism",
            "4",
            // Wide tables: the default of 25 warns at every MERGE and tells nothing.
            "spark.sql.debug.maxToStringFields",
            "200");

    /** For a driver and its executor in one JVM: few rows, few files. */
    private static final Map<String, String> EMBEDDED = Map.of(
            "spark.master",
            "local[*]",
            "spark.ui.enabled",
            "false",
            "spark.ui.showConsoleProgress",
            "false",
            // Nothing is stored there, but Spark makes the folder: not in the user's.
            "spark.sql.warehouse.dir",
            Path.of(System.getProperty("java.io.tmpdir"), "firesteel-spark-warehouse")
                    .toUri()
                    .toString(),
            "spark.driver.host",
            "127.0.0.1",
            "spark.driver.bindAddress",
            "127.0.0.1",
            "spark.sql.shuffle.partitions",
            "2");

    private Sessions() {}

    /**
     * The session of application {@code name}.
     *
     * @param master a master URL that overrides every other, or null
     * @param extra settings from the command line, which win over files and defaults
     */
    public static SparkSession open(String name, String master, Map<String, String> extra) {
        SparkConf conf = new SparkConf();
        extra.forEach(conf::set);
        if (master != null) {
            conf.set("spark.master", master);
        }
        Properties file = confFile();
        file.stringPropertyNames().forEach(k -> conf.setIfMissing(k, file.getProperty(k)));
        ALWAYS.forEach(conf::setIfMissing);
        boolean local =
                !conf.contains("spark.master") || conf.get("spark.master").startsWith("local");
        if (local) {
            EMBEDDED.forEach(conf::setIfMissing);
        } else {
            String jar = System.getProperty("firesteel.jar");
            if (jar != null) {
                conf.setIfMissing("spark.jars", jar);
            }
        }
        conf.setIfMissing("spark.app.name", "firesteel " + name);
        try {
            return SparkSession.builder().config(conf).getOrCreate();
        } catch (RuntimeException e) {
            // Spark is Scala: it throws its checked SparkException without declaring it, wrapped or not.
            throw new UserException(
                    "cannot start Spark at " + conf.get("spark.master") + ": " + Messages.firstLine(e), e);
        }
    }

    /** The properties file named by {@code FIRESTEEL_SPARK_CONF}, empty when that is not set. */
    private static Properties confFile() {
        Properties properties = new Properties();
        String named = System.getenv("FIRESTEEL_SPARK_CONF");
        if (named == null || named.isBlank()) {
            return properties;
        }
        try (InputStream in = Files.newInputStream(Path.of(named))) {
            // Values may be separated by blanks as in spark-defaults.conf: java.util.Properties reads both forms.
            properties.load(in);
        } catch (IOException e) {
            throw new UserException("FIRESTEEL_SPARK_CONF: cannot read " + named + " (" + e.getMessage() + ")", e);
        }
        return properties;
    }
}
