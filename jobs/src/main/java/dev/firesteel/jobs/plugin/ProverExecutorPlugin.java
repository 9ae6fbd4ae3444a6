package dev.firesteel.jobs.plugin;

import dev.firesteel.cli.Messages;
import dev.firesteel.jobs.prove.ProverEvents;
import dev.firesteel.jobs.prove.RunPrograms;
import dev.firesteel.jobs.tasks.Wire;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The executor's half: loads the programs of the run while the executor has no tasks yet. Nothing that goes wrong here may stop the executor: Spark would start another, for ever. */
final class ProverExecutorPlugin implements ExecutorPlugin {
    /** Whether executors load keys before tasks come: true unless set. */
    static final String PRELOAD = "spark.firesteel.preload";

    private static final Logger LOG = LogManager.getLogger(ProverExecutorPlugin.class);
    private static final String DRIVER = "driver";
    private static final long ASK_EVERY_MS = 500;

    private Preloader preloader;

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
        boolean embedded = DRIVER.equals(context.executorID());
        if (!embedded) {
            ProverEvents.listen(event -> send(context, Wire.bytes(event)));
        }
        if (wanted(context)) {
            preloader = new Preloader(embedded ? ProverExecutorPlugin::await : known -> ask(context, known));
            preloader.start();
        }
    }

    private static boolean wanted(PluginContext context) {
        String set = context.conf().get(PRELOAD, "true");
        if (!set.equals("true") && !set.equals("false")) {
            LOG.warn("{}={}: is neither true nor false; taken as false", PRELOAD, set);
        }
        return set.equals("true");
    }

    private static void send(PluginContext context, byte[] event) {
        try {
            context.send(event);
        } catch (Exception e) {
            LOG.info("the driver was not told: {}", Messages.firstLine(e));
        }
    }

    /** In the driver's JVM. */
    private static RunPrograms.Announced await(long known) throws InterruptedException {
        return RunPrograms.after(known, ASK_EVERY_MS);
    }

    private static RunPrograms.Announced ask(PluginContext context, long known) throws Exception {
        byte[] answer = (byte[]) context.ask(known);
        if (answer.length == 0) {
            Thread.sleep(ASK_EVERY_MS);
            return null;
        }
        return Wire.object(answer);
    }

    @Override
    public void shutdown() {
        if (preloader != null) {
            preloader.interrupt();
        }
    }
}
