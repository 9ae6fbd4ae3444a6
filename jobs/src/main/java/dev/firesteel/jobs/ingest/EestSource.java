package dev.firesteel.jobs.ingest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** {@code blockchain_tests} JSON: one file, or every {@code .json} below a folder, each file read by one task. */
final class EestSource implements Source {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** More tasks than this cost more to start than they save. */
    private static final int MAX_TASKS = 1000;

    private final String location;
    private final List<String> files;
    private final long bytes;

    private EestSource(String location, List<String> files, long bytes) {
        this.location = location;
        this.files = files;
        this.bytes = bytes;
    }

    /**
     * Finds the files. A file that is named itself must be readable as a whole, else {@link UserException}; one that was
     * found in a folder goes to the quarantine.
     */
    static EestSource open(FileStatus status, Configuration conf) {
        String shown = SourceFiles.display(status.getPath());
        if (!status.isDirectory()) {
            checkWhole(status, conf);
            return new EestSource(shown, List.of(status.getPath().toUri().toString()), status.getLen());
        }
        List<FileStatus> found = SourceFiles.below(status.getPath(), ".json", conf);
        if (found.isEmpty()) {
            throw new UserException(shown + ": no .json file in this folder; name one that has some");
        }
        return new EestSource(
                shown,
                found.stream().map(f -> f.getPath().toUri().toString()).toList(),
                found.stream().mapToLong(FileStatus::getLen).sum());
    }

    private static void checkWhole(FileStatus status, Configuration conf) {
        String shown = SourceFiles.display(status.getPath());
        try (var in = SourceFiles.open(status.getPath(), conf);
                JsonParser parser = JSON.createParser(in)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new UserException(shown + ": the file is empty; copy it again");
            }
            if (first != JsonToken.START_OBJECT || parser.nextToken() != JsonToken.FIELD_NAME) {
                throw new UserException(shown + ": not a fixture file; it must be one object with a field per fixture");
            }
            parser.nextToken();
            while (parser.skipChildren().nextToken() != null) {
                // To the end: whether it is there is what matters.
            }
        } catch (JacksonException e) {
            throw new UserException(
                    shown + ": broken JSON ("
                            + Messages.firstLine(e.getOriginalMessage()) + " at line "
                            + e.getLocation().getLineNr() + "); copy the file again",
                    e);
        } catch (IOException e) {
            throw SourceFiles.unreadable(status.getPath(), e);
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.EEST;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Dataset<Row> rows(SparkSession spark, Programs programs, String runId) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> conf = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        JavaRDD<Row> rows = context.parallelize(files, Math.min(files.size(), MAX_TASKS))
                .flatMap(uri -> {
                    Ingested.Rows codec = new Ingested.Rows();
                    return read(uri, runId, conf.value().value()).stream()
                            .map(codec::toRow)
                            .iterator();
                });
        return spark.createDataFrame(rows, Ingested.SCHEMA);
    }

    /** The requests and refusals of one file, in its order. */
    static List<Ingested> read(String uri, String runId, Configuration conf) {
        Path path = new Path(java.net.URI.create(uri));
        String file = SourceFiles.display(path);
        List<Ingested> rows = new ArrayList<>();
        byte[] bytes = {};
        try {
            bytes = SourceFiles.read(path, conf);
            if (bytes.length == 0) {
                throw new Refused("empty_file", "the file has no bytes");
            }
            fixtures(file, bytes, runId, rows);
        } catch (Refused e) {
            rows.add(Ingested.refused(runId, file, -1, e, Digests.sha256(bytes), bytes.length));
        } catch (JacksonException e) {
            Refused reason = new Refused("broken_json", String.valueOf(e.getOriginalMessage()));
            rows.add(Ingested.refused(runId, file, -1, reason, Digests.sha256(bytes), bytes.length));
        } catch (IOException e) {
            // Not the file's fault, perhaps: another attempt may succeed.
            throw new java.io.UncheckedIOException(e);
        }
        return rows;
    }

    private static void fixtures(String file, byte[] bytes, String runId, List<Ingested> rows)
            throws IOException, Refused {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused("unknown_layout", "not an object with a field per fixture");
            }
            // Fixture by fixture: a file of hundreds of megabytes never becomes one tree.
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                JsonNode fixture = JSON.readTree(parser);
                blocks(new EestFixture(file, name, fixture), runId, rows);
            }
        }
    }

    private static void blocks(EestFixture fixture, String runId, List<Ingested> rows) {
        int blocks;
        try {
            blocks = fixture.blocks();
        } catch (Refused e) {
            rows.add(refused(fixture, fixture.json(), e, runId, rows.size()));
            return;
        }
        for (int i = 0; i < blocks; i++) {
            try {
                rows.add(Ingested.of(fixture.request(i), rows.size()));
            } catch (Refused e) {
                rows.add(refused(fixture, fixture.json().get("blocks").get(i), e, runId, rows.size()));
            }
        }
    }

    private static Ingested refused(EestFixture fixture, JsonNode part, Refused e, String runId, int position) {
        byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
        return Ingested.refused(runId, fixture.file(), position, e, Digests.sha256(text), text.length);
    }
}
