package dev.firesteel.jobs.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.sql.ProvedRun;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a scrape of the driver finds, and that the dashboard asks for nothing else. */
class PrometheusTest {
    private static final String PREFIX = "metrics_firesteel_driver_plugin_dev_firesteel_jobs_plugin_FiresteelPlugin_";
    private static final Pattern LINE = Pattern.compile("(?m)^(" + PREFIX + "\\w+)\\{[^}]*} (\\S+)$");

    private final SparkSession spark = TestSpark.session();

    private Map<String, Double> scrape() throws Exception {
        String address = spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/";
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Map<String, Double> values = new TreeMap<>();
        LINE.matcher(text)
                .results()
                .forEach(r -> values.put(r.group(1).substring(PREFIX.length()), Double.valueOf(r.group(2))));
        return values;
    }

    @Test
    void valuesMoveWithAProof() throws Exception {
        ProvedRun.get().views(spark);
        Map<String, Double> before = scrape();
        String call = "SELECT prove_segment(g.elf, struct(s.*), %s, c.run_words, h.challenge, 'test-fast').reason"
                + " FROM programs g, segments s, challenges h, commitments c"
                + " WHERE s.segment_index = 1 AND c.segment_index = 1";
        assertTrue(spark.sql(String.format(call, "c.commitment")).first().isNullAt(0));
        assertTrue(!spark.sql(String.format(call, "X'00'")).first().isNullAt(0));
        Map<String, Double> after = scrape();
        for (String counter : new String[] {
            "proofs_generated_total_success_Count",
            "proofs_generated_total_failure_Count",
            "proof_generation_duration_seconds_Count",
            "proof_generation_duration_seconds_le_600_Count"
        }) {
            assertEquals(before.get(counter) + 1, after.get(counter), counter);
        }
        double seconds = after.get("proof_generation_duration_seconds_sum_Value")
                - before.get("proof_generation_duration_seconds_sum_Value");
        assertTrue(seconds > 0, after.toString());
        assertTrue(after.get("proof_generation_duration_seconds_99thPercentile") >= seconds / 2, after.toString());
        assertTrue(after.get("prover_memory_usage_bytes_Value") > 1 << 20, after.toString());
        assertTrue(after.get("prover_setup_seconds_sum_Value") > 0, after.toString());
        assertTrue(after.get("prover_setup_seconds_Count") >= 1, after.toString());
        assertEquals(
                after.get("prover_setup_seconds_Count"),
                after.get("prover_keys_made_total_Count") + after.get("prover_key_cache_hits_total_Count"));
        assertTrue(after.keySet()
                .containsAll(java.util.List.of("prover_queue_depth_Value", "prover_fallbacks_total_Count")));
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws Exception {
        TreeSet<String> asked = new TreeSet<>();
        new ObjectMapper()
                .readTree(Fixtures.root()
                        .resolve("conf/grafana/firesteel-prover.json")
                        .toFile())
                .findValuesAsText("expr")
                .forEach(expression -> Pattern.compile("metrics_\\w+")
                        .matcher(expression)
                        .results()
                        .forEach(r -> asked.add(r.group().replaceFirst("^" + PREFIX, ""))));
        TreeSet<String> unknown = new TreeSet<>(asked);
        unknown.removeAll(scrape().keySet());
        assertEquals(new TreeSet<String>(), unknown);
        assertTrue(asked.size() > 15, asked.toString());
    }

    @Test
    void metricsPropertiesIsWhatOurSessionsHave() throws Exception {
        Properties file = new Properties();
        try (Reader in = Files.newBufferedReader(Fixtures.root().resolve("conf/metrics.properties"))) {
            file.load(in);
        }
        assertEquals(2, file.size());
        file.stringPropertyNames()
                .forEach(key -> assertEquals(
                        file.getProperty(key), spark.sparkContext().getConf().get("spark.metrics.conf." + key)));
    }
}
