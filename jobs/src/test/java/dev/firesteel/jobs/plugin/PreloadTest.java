package dev.firesteel.jobs.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.prove.ProofParameters;
import dev.firesteel.jobs.prove.ProverEvent;
import dev.firesteel.jobs.prove.ProverEvents;
import dev.firesteel.jobs.prove.RunPrograms;
import dev.firesteel.riscv.Program;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An executor that has no tasks loads what the driver announces; the two halves of the plugin, with Spark's messages between them left out. */
class PreloadTest {
    private final ProverDriverPlugin driver = new ProverDriverPlugin();
    private final MetricRegistry registry = new MetricRegistry();
    private final List<Object> messages = new CopyOnWriteArrayList<>();
    private final List<ProverExecutorPlugin> executors = new ArrayList<>();
    private Consumer<ProverEvent> sessions;

    @BeforeEach
    void start() {
        TestSpark.session();
        sessions = ProverEvents.listen(event -> {});
        driver.init(null, new Context("driver", "true"));
    }

    @AfterEach
    void stop() {
        executors.forEach(ProverExecutorPlugin::shutdown);
        driver.shutdown();
        ProverEvents.listen(sessions);
    }

    private void executor(String id) {
        ProverExecutorPlugin executor = new ProverExecutorPlugin();
        executor.init(new Context(id, "true"), Map.of());
        executors.add(executor);
    }

    private static RunPrograms.Elf elf(String guest) throws Exception {
        byte[] elf = Files.readAllBytes(Fixtures.guest(guest));
        return new RunPrograms.Elf(Program.load(elf, guest).hashHex(), guest, elf);
    }

    private static void announce(String guest) throws Exception {
        RunPrograms.announce(ProofParameters.of("test-fast"), 2, List.of(elf(guest)));
    }

    private long keysMade() {
        return registry.counter(ProverMetrics.KEYS_MADE).getCount();
    }

    @Test
    void anEmbeddedExecutorLoadsWhatIsAnnounced() throws Exception {
        executor("driver");
        announce("sort");
        while (keysMade() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(1, registry.histogram(ProverMetrics.SETUP).getCount());
        assertEquals(List.of(), messages, "within one JVM there is nobody to send to");
    }

    @Test
    void anExecutorElsewhereAsksAndTells() throws Exception {
        announce("mlp");
        executor("7");
        while (keysMade() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(0L, messages.get(0));
        assertTrue(messages.stream().anyMatch(byte[].class::isInstance), "it did not tell what it did");
        assertTrue(
                messages.stream().allMatch(m -> m instanceof Long || m instanceof byte[]),
                "Spark's class loader would not know others");
    }

    @Test
    void aProgramThatCannotBeLoadedDoesNotKeepTheNextFromBeing() throws Exception {
        executor("driver");
        RunPrograms.announce(
                ProofParameters.of("test-fast"),
                1,
                List.of(new RunPrograms.Elf("hash", "broken", new byte[] {1}), elf("state-batch")));
        while (keysMade() == 0) {
            Thread.onSpinWait();
        }
        assertEquals(1, keysMade());
    }

    @Test
    void aSettingThatIsNoneDoesNotStopAnExecutor() {
        ProverExecutorPlugin executor = new ProverExecutorPlugin();
        executor.init(new Context("8", "perhaps"), Map.of());
        executor.shutdown();
        assertEquals(List.of(), messages);
    }

    /** What Spark gives to plugins. */
    private final class Context implements PluginContext {
        private final String executorId;
        private final SparkConf conf;

        Context(String executorId, String preload) {
            this.executorId = executorId;
            this.conf = new SparkConf(false).set(ProverExecutorPlugin.PRELOAD, preload);
        }

        @Override
        public MetricRegistry metricRegistry() {
            return registry;
        }

        @Override
        public SparkConf conf() {
            return conf;
        }

        @Override
        public String executorID() {
            return executorId;
        }

        @Override
        public String hostname() {
            throw new UnsupportedOperationException("as in executors of a cluster");
        }

        @Override
        public Map<String, ResourceInformation> resources() {
            return Map.of();
        }

        @Override
        public void send(Object message) {
            ask(message);
        }

        @Override
        public Object ask(Object message) {
            messages.add(message);
            try {
                return driver.receive(message);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
