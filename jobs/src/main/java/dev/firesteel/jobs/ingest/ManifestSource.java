package dev.firesteel.jobs.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.schemas.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A manifest: requests that name their files. It is read by the driver, so it is for sets that people write by hand;
 * larger ones come as Parquet.
 */
final class ManifestSource implements Source {
    /** Name of the manifest in its folder. */
    static final String FILE = "manifest.json";

    private static final Set<String> FIELDS = Set.of(
            "request_id",
            "program",
            "input",
            "input_hex",
            "expected_output",
            "expected_output_hex",
            "expected_exit_code",
            "kind",
            "parameters",
            "chain_id",
            "block_number",
            "fixture_name",
            "opcode",
            "op_count",
            "gas_used",
            "transaction_count");

    private final Path path;
    private final Configuration conf;
    private final JsonNode requests;
    private final String location;

    private ManifestSource(Path path, Configuration conf, JsonNode requests) {
        this.path = path;
        this.conf = conf;
        this.requests = requests;
        this.location = SourceFiles.display(path);
    }

    /** Reads the manifest; throws {@link UserException} when it is not one. Its requests are looked at later. */
    static ManifestSource open(Path path, Configuration conf) {
        String shown = SourceFiles.display(path);
        SourceFiles.status(path, conf);
        try {
            JsonNode root = new ObjectMapper().readTree(SourceFiles.read(path, conf));
            JsonNode requests = root == null ? null : root.get("requests");
            if (requests == null || !requests.isArray() || root.size() != 1) {
                throw new UserException(shown + ": not a manifest; it must be one object {\"requests\": [...]}");
            }
            if (requests.isEmpty()) {
                throw new UserException(shown + ": the manifest has no request; add one");
            }
            return new ManifestSource(path, conf, requests);
        } catch (JacksonException e) {
            throw new UserException(
                    shown + ": not JSON (" + e.getOriginalMessage() + " at line "
                            + e.getLocation().getLineNr() + "); correct the manifest",
                    e);
        } catch (IOException e) {
            throw SourceFiles.unreadable(path, e);
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.MANIFEST;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public Dataset<Row> rows(SparkSession spark, Programs programs, String runId) {
        List<Row> rows = new ArrayList<>();
        Ingested.Rows codec = new Ingested.Rows();
        for (int i = 0; i < requests.size(); i++) {
            JsonNode entry = requests.get(i);
            Ingested row;
            try {
                row = Ingested.of(request(entry, programs), i);
            } catch (Refused e) {
                byte[] text = entry.toString().getBytes(StandardCharsets.UTF_8);
                row = Ingested.refused(runId, location, i, e, Digests.sha256(text), text.length);
            }
            rows.add(codec.toRow(row));
        }
        return spark.createDataFrame(rows, Ingested.SCHEMA);
    }

    private Witness request(JsonNode entry, Programs programs) throws Refused {
        if (!entry.isObject()) {
            throw new Refused("bad_manifest", "the request is not an object");
        }
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new Refused("bad_manifest", "field '" + name + "' is unknown");
            }
        }
        String id = text(entry, "request_id", true);
        String programFile = text(entry, "program", false);
        String hash = programFile == null
                ? null
                : programs.add(SourceFiles.display(file(programFile)), bytes("program", programFile))
                        .programHash();
        byte[] input = content(entry, "input");
        if (input == null) {
            throw new Refused("bad_manifest", "request '" + id + "' has neither input nor input_hex");
        }
        if (input.length > AddressSpace.MAX_INPUT_BYTES) {
            throw inputTooLarge(input.length);
        }
        String fixture = text(entry, "fixture_name", false);
        FixtureName name = FixtureName.parse(fixture == null ? "" : fixture);
        String opcode = text(entry, "opcode", false);
        Long count = number(entry, "op_count", 0, Long.MAX_VALUE);
        String kind = text(entry, "kind", false);
        Long exitCode = number(entry, "expected_exit_code", Integer.MIN_VALUE, 0xffff_ffffL);
        return new Witness(
                id,
                hash,
                input,
                Digests.sha256(input),
                input.length,
                kind == null ? "guest" : kind,
                number(entry, "chain_id", 0, Long.MAX_VALUE),
                number(entry, "block_number", 0, Long.MAX_VALUE),
                fixture,
                opcode == null ? name.opcode() : opcode,
                count == null ? name.opCount() : count,
                number(entry, "gas_used", 0, Long.MAX_VALUE),
                number(entry, "transaction_count", 0, Long.MAX_VALUE),
                parameters(entry),
                content(entry, "expected_output"),
                // 255…2³²-1 may be written unsigned: the same 32 bits.
                exitCode == null ? null : exitCode.intValue(),
                location);
    }

    private byte[] content(JsonNode entry, String field) throws Refused {
        String file = text(entry, field, false);
        String hex = text(entry, field + "_hex", false);
        if (file != null && hex != null) {
            throw new Refused("bad_manifest", field + " and " + field + "_hex exclude each other");
        }
        return hex != null ? HexField.bytes(field + "_hex", hex) : file == null ? null : bytes(field, file);
    }

    private Path file(String relative) throws Refused {
        try {
            return new Path(path.getParent(), new Path(null, null, relative));
        } catch (IllegalArgumentException e) {
            throw new Refused("bad_manifest", "'" + relative + "' is not a path");
        }
    }

    private byte[] bytes(String field, String relative) throws Refused {
        Path file = file(relative);
        try {
            FileStatus status = file.getFileSystem(conf).getFileStatus(file);
            if (status.getLen() > AddressSpace.MAX_INPUT_BYTES) {
                throw inputTooLarge(status.getLen());
            }
            return SourceFiles.read(file, conf);
        } catch (IOException e) {
            throw new Refused("missing_file", field + ": " + SourceFiles.display(file) + " cannot be read");
        }
    }

    private static Refused inputTooLarge(long bytes) {
        return new Refused("input_too_large", bytes + " bytes, the input region holds " + AddressSpace.MAX_INPUT_BYTES);
    }

    private static String text(JsonNode entry, String field, boolean required) throws Refused {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            if (required) {
                throw new Refused("bad_manifest", "field '" + field + "' is missing");
            }
            return null;
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new Refused("bad_manifest", "field '" + field + "' must be a text that is not blank");
        }
        return value.textValue();
    }

    private static Long number(JsonNode entry, String field, long min, long max) throws Refused {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw new Refused(
                    "bad_manifest", "field '" + field + "' must be a whole number from " + min + " to " + max);
        }
        return value.longValue();
    }

    private static Map<String, String> parameters(JsonNode entry) throws Refused {
        Map<String, String> parameters = new TreeMap<>();
        JsonNode given = entry.get("parameters");
        if (given == null || given.isNull()) {
            return parameters;
        }
        if (!given.isObject()) {
            throw new Refused("bad_manifest", "field 'parameters' must be an object");
        }
        for (Map.Entry<String, JsonNode> parameter : given.properties()) {
            if (!parameter.getValue().isValueNode()) {
                throw new Refused("bad_manifest", "parameter '" + parameter.getKey() + "' must be a plain value");
            }
            parameters.put(parameter.getKey(), parameter.getValue().asText());
        }
        return parameters;
    }
}
