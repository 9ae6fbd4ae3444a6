package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.spark.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * Which requests of a source are new. A request id stands for one content in a warehouse: the same again is known and
 * adds nothing. Another content under a known id is refused, or, where the source is the word on what to run now, admitted under
 * an id of its own: the known one, {@code @}, and the first digits of its content's hash, which are the same the next time.
 */
final class Admission {
    private static final int ID_DIGITS = 8;

    /** A request of the source: where it stands and what it says. */
    private record Candidate(String file, long position, String id, long bytes, String content) {
        Candidate renamed() {
            return new Candidate(file, position, id + "@" + content.substring(0, ID_DIGITS), bytes, content);
        }
    }

    private final List<Candidate> admitted = new ArrayList<>();
    private final List<Candidate> refused = new ArrayList<>();
    private final List<Candidate> known = new ArrayList<>();
    private final List<String> renamed = new ArrayList<>();

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
     * @param rename whether another content under a known id gets an id of its own
     */
    static Admission decide(Map<String, String> existing, Dataset<Row> requests, boolean rename) {
        Admission admission = new Admission();
        Map<String, String> seen = new HashMap<>(existing);
        Map<String, String> ofSource = new HashMap<>();
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
                    // One id for two requests of one source is a mistake, whatever the warehouse has.
                    String first = ofSource.putIfAbsent(candidate.id, candidate.content);
                    boolean twice = first != null && !first.equals(candidate.content);
                    String taken = existing.getOrDefault(candidate.id, candidate.content);
                    boolean differs = rename && !twice && !taken.equals(candidate.content);
                    admission.decide(differs ? candidate.renamed() : candidate, seen, rename && twice);
                    if (differs) {
                        admission.renamed.add(candidate.renamed().id);
                    }
                });
        return admission;
    }

    private void decide(Candidate candidate, Map<String, String> seen, boolean mistaken) {
        String before = mistaken ? "" : seen.putIfAbsent(candidate.id, candidate.content);
        if (before == null) {
            admitted.add(candidate);
        } else if (before.equals(candidate.content)) {
            known.add(candidate);
        } else {
            refused.add(candidate);
        }
    }

    int admitted() {
        return admitted.size();
    }

    int known() {
        return known.size();
    }

    /** The ids that requests got because theirs stand for something else, new and known ones. */
    List<String> renamed() {
        return renamed;
    }

    /** The ids under which the source's requests are in the warehouse once the admitted ones are. */
    List<String> ids() {
        return Stream.concat(admitted.stream(), known.stream())
                .map(Candidate::id)
                .distinct()
                .toList();
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

    /** Where the admitted rows stand and what they are called: rows of file, position and request id. */
    List<Row> positions() {
        return admitted.stream()
                .map(c -> RowFactory.create(c.file, c.position, c.id))
                .toList();
    }

    /** A hash of what is admitted, the same whatever the order: 64 hex digits. */
    String contentHash() {
        List<String> lines = new ArrayList<>();
        admitted.forEach(c -> lines.add(c.content + " " + c.id + "\n"));
        Collections.sort(lines);
        return Digests.sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }
}
