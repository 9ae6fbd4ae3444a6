package dev.firesteel.jobs;

import dev.firesteel.jobs.spark.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The one session that all tests of this JVM share: starting Spark costs more than most tests. */
public final class TestSpark {
    private TestSpark() {}

    /** The shared session, two cores; never stop it. */
    public static synchronized SparkSession session() {
        return Sessions.open(
                "test",
                "local[2]",
                Map.of(
                        "spark.sql.warehouse.dir",
                        "target/spark-warehouse",
                        // For those that look at metrics; at a port that is free.
                        "spark.ui.enabled",
                        "true",
                        "spark.ui.port",
                        "0",
                        // Otherwise what is loaded when would depend on the order of tests.
                        "spark.firesteel.preload",
                        "false"));
    }
}
