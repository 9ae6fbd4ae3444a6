package dev.firesteel.jobs.plugin;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/** What {@code spark.plugins} names. With an embedded Spark both halves are in one JVM. */
public final class FiresteelPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new ProverDriverPlugin();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ProverExecutorPlugin();
    }
}
