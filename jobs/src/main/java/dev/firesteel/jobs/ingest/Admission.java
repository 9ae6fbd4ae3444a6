package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.spark.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * Which requests of a source are new. A request id stands for one content in a warehouse: the same again is known and
 * adds nothing, another content under a known id is refused.
 */
final class Admission {
    /** A request of the source: where it stands and what it says. */
    private record Candidate(String file, long position, String id, long bytes, String content) {}

    private final List<Candidate> admitted = new ArrayList<>();
    private final List<Candidate> refused = new ArrayList<>();
    private int known;

    /**
     * Everything that a witness row says, as 64 hex digits; the input by its hash. Where it was ingested from does not
     * count.
     */
    static Column content() {
        return functions.expr(
                "sha2(to_json(struct(program_hash, input_hash, kind, chain_id, block_number, fixture_name,"
                        + " opcode, op_count, gas_used, transaction_count, array_sort(map_entries(parameters)) AS parameters,"
                        + " hex(expected_output) AS expected_output, expected_exit_code)), 256)");
    }

    /**
     * Decides on the requests of a source in the order of file and position.
     *
     * @param existing content by id of the requests that the warehouse has
     * @param requests the source's witness rows with columns file and position
     */
    static Admission decide(Map<String, String> existing, Dataset<Row> requests) {
        Admission admission = new Admission();
        Map<String, String> seen = new HashMap<>(existing);
        requests
                .select(
                        functions.col("file"),
                        functions.col("position"),
                        functions.col("request_id"),
                        functions.col("input_bytes"),
                        content())
                .collectAsList()
                .stream()
                .map(r -> new Candidate(r.getString(0), r.getLong(1), r.getString(2), r.getLong(3), r.getString(4)))
                .sorted(Comparator.comparing(Candidate::file).thenComparingLong(Candidate::position))
                .forEach(candidate -> {
                    String before = seen.putIfAbsent(candidate.id, candidate.content);
                    if (before == null) {
                        admission.admitted.add(candidate);
                    } else if (before.equals(candidate.content)) {
                        admission.known++;
                    } else {
                        admission.refused.add(candidate);
                    }
                });
        return admission;
    }

    int admitted() {
        return admitted.size();
    }

    int known() {
        return known;
    }

    /** The refusals, as rows of the quarantine. */
    List<Ingested> refusals(String runId) {
        return refused.stream()
                .map(c -> Ingested.refused(
                        runId,
                        c.file,
                        c.position,
                        new Refused(
                                "request_id_taken",
                                "request '" + c.id + "' is in the warehouse with another content; rename it"),
                        c.content,
                        c.bytes))
                .toList();
    }

    /** Where the admitted rows stand: rows of file and position. */
    List<Row> positions() {
        return admitted.stream().map(c -> RowFactory.create(c.file, c.position)).toList();
    }

    /** A hash of what is admitted, the same whatever the order: 64 hex digits. */
    String contentHash() {
        List<String> lines = new ArrayList<>();
        admitted.forEach(c -> lines.add(c.content + " " + c.id + "\n"));
        Collections.sort(lines);
        return Digests.sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }
}
