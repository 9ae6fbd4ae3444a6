package dev.firesteel.jobs.plugin;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.MetricRegistry;
import dev.firesteel.jobs.prove.ProverEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/** The driver's metrics of all executors; docs/operations.md has what a scrape calls them. */
final class ProverMetrics {
    static final String DURATION = "proof_generation_duration_seconds";
    static final String GENERATED = "proofs_generated_total";
    static final String MEMORY = "prover_memory_usage_bytes";
    static final String QUEUE = "prover_queue_depth";
    static final String SETUP = "prover_setup_seconds";
    static final String CACHE_HITS = "prover_key_cache_hits_total";
    static final String KEYS_MADE = "prover_keys_made_total";
    static final String FALLBACKS = "prover_fallbacks_total";

    /** Upper ends of the buckets that are counted, seconds. */
    private static final long[] BUCKETS = {1, 2, 5, 10, 20, 60, 120, 300, 600};

    private final MetricRegistry registry;
    private final Histogram durations;
    private final DoubleAdder durationSum = new DoubleAdder();
    private final Histogram setups;
    private final DoubleAdder setupSum = new DoubleAdder();
    private final AtomicLong queue = new AtomicLong();
    private final Map<String, Long> memory = new ConcurrentHashMap<>();

    ProverMetrics(MetricRegistry registry) {
        this.registry = registry;
        durations = registry.register(DURATION, new SecondsHistogram());
        registry.register(DURATION + ".sum", (Gauge<Double>) durationSum::sum);
        for (long bucket : BUCKETS) {
            registry.counter(bucket(bucket));
        }
        registry.counter(GENERATED + ".success");
        registry.counter(GENERATED + ".failure");
        registry.register(MEMORY, (Gauge<Long>)
                () -> memory.values().stream().mapToLong(Long::longValue).sum());
        registry.register(QUEUE, (Gauge<Long>) queue::get);
        setups = registry.register(SETUP, new SecondsHistogram());
        registry.register(SETUP + ".sum", (Gauge<Double>) setupSum::sum);
        registry.counter(CACHE_HITS);
        registry.counter(KEYS_MADE);
        registry.counter(FALLBACKS);
    }

    private static String bucket(long seconds) {
        return DURATION + ".le." + seconds;
    }

    void add(ProverEvent event) {
        if (event instanceof ProverEvent.Proof proof) {
            add(proof);
        } else if (event instanceof ProverEvent.SetUp setUp) {
            add(setUp);
        } else if (event instanceof ProverEvent.Queue waiting) {
            queue.set(waiting.segments());
        }
    }

    private void add(ProverEvent.Proof proof) {
        memory.put(proof.executorId(), proof.heapBytes());
        registry.counter(GENERATED + (proof.success() ? ".success" : ".failure"))
                .inc();
        if (!proof.success()) {
            return;
        }
        durations.update(SecondsHistogram.units(proof.seconds()));
        durationSum.add(proof.seconds());
        for (long bucket : BUCKETS) {
            if (proof.seconds() <= bucket) {
                registry.counter(bucket(bucket)).inc();
            }
        }
    }

    private void add(ProverEvent.SetUp setUp) {
        double seconds = (setUp.kernelTestMs() + setUp.keyMs()) / 1e3;
        setups.update(SecondsHistogram.units(seconds));
        setupSum.add(seconds);
        registry.counter(setUp.cached() ? CACHE_HITS : KEYS_MADE).inc();
        // Kernels are an executor's, whatever programs it loads.
        if (setUp.fallback() && setUp.kernelTestMs() > 0) {
            registry.counter(FALLBACKS).inc();
        }
    }
}
