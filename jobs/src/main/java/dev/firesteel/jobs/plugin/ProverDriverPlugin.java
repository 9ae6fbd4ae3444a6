package dev.firesteel.jobs.plugin;

import dev.firesteel.jobs.prove.ProverEvent;
import dev.firesteel.jobs.prove.ProverEvents;
import dev.firesteel.jobs.prove.RunPrograms;
import dev.firesteel.jobs.prove.SetupLog;
import dev.firesteel.jobs.tasks.Wire;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The driver's half: answers executors that ask for programs, and counts what they tell. Messages are of the JDK's own types, which every class loader knows. */
final class ProverDriverPlugin implements DriverPlugin {
    private static final byte[] NOTHING = {};

    private ProverMetrics metrics;

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
        metrics = new ProverMetrics(context.metricRegistry());
        ProverEvents.listen(this::heard);
        return Map.of();
    }

    private void heard(ProverEvent event) {
        metrics.add(event);
        if (event instanceof ProverEvent.SetUp setUp) {
            SetupLog.add(setUp);
        }
    }

    /** Of an executor: the generation of programs that it knows, answered with newer ones or nothing; or an event. */
    @Override
    public Object receive(Object message) throws InterruptedException {
        if (message instanceof Long known) {
            RunPrograms.Announced programs = RunPrograms.after(known, 0);
            return programs == null ? NOTHING : Wire.bytes(programs);
        }
        heard(Wire.object((byte[]) message));
        return null;
    }

    @Override
    public void shutdown() {
        ProverEvents.silence();
        RunPrograms.clear();
    }
}
