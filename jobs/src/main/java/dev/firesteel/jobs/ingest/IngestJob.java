package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Program;
import dev.firesteel.schemas.Quarantine;
import dev.firesteel.schemas.TableDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Fills {@code programs}, {@code witness} and {@code quarantine} from sources. Programs are committed before the requests
 * that name them, so a reader never finds a request without its program; a run that is killed and repeated adds what is
 * missing and nothing else.
 */
public final class IngestJob {
    private static final int SHOWN_REFUSALS = 5;

    private final SparkSession spark;
    private final List<Source> sources;
    private final boolean rename;
    private final Set<String> ids = new TreeSet<>();

    private IngestJob(SparkSession spark, List<Source> sources, boolean rename) {
        this.spark = spark;
        this.sources = sources;
        this.rename = rename;
    }

    /**
     * This job, not refusing a request whose id stands for something else in the warehouse: it gets the id
     * {@code ID@HASH}, and what was there before stays.
     */
    public IngestJob renaming() {
        return new IngestJob(spark, sources, true);
    }

    /** The ids under which the requests that {@link #run} could use are in the warehouse. */
    public Set<String> requestIds() {
        return Collections.unmodifiableSet(ids);
    }

    /**
     * What a run did.
     *
     * @param programs new rows of programs
     * @param requests new rows of witness
     * @param known requests that were there already
     * @param refused rows and files that were refused, also those that were refused before
     */
    public record Summary(long programs, long requests, long known, long refused) {}

    /**
     * Opens every source, writing nothing.
     *
     * @param locations the sources' paths
     * @param kind what they are, or null to find out
     * @param program path of the guest that block witnesses are for, or null
     * @throws UserException when one cannot be read as a whole
     */
    public static IngestJob open(SparkSession spark, List<String> locations, SourceKind kind, String program) {
        Path guest = program == null ? null : SourceFiles.path(program);
        if (guest != null) {
            SourceFiles.status(guest, spark.sessionState().newHadoopConf());
        }
        Sources opener = new Sources(spark);
        List<Source> sources = new ArrayList<>();
        for (String location : locations) {
            sources.addAll(opener.open(location, kind, guest));
        }
        if (guest != null && sources.stream().noneMatch(s -> s.kind() == SourceKind.BLOCK)) {
            throw new UserException("--program is for block witnesses, and none is among the sources; leave it out");
        }
        return new IngestJob(spark, sources, false);
    }

    /**
     * Reads the sources and commits what is new.
     *
     * @throws UserException when a source had rows and every one was refused; the others are committed all the same
     */
    public Summary run(Warehouse warehouse, String runId, PrintWriter out) throws IOException {
        Summary sum = new Summary(0, 0, 0, 0);
        String useless = null;
        for (Source source : sources) {
            List<Quarantine> refusals = new ArrayList<>();
            List<String> renamed = new ArrayList<>();
            Summary one = ingest(warehouse, source, runId, refusals, renamed);
            show(refusals, out);
            if (!renamed.isEmpty()) {
                out.printf(
                        "%d requests are not what the warehouse has under their ids, and are there as ID@HASH: %s%s%n",
                        renamed.size(), renamed.get(0), renamed.size() > 1 ? ", …" : "");
            }
            out.printf(
                    "%s (%s): %d requests new, %d known, %d refused; %d programs new%n",
                    source.location(),
                    source.kind().name().toLowerCase(java.util.Locale.ROOT),
                    one.requests,
                    one.known,
                    one.refused,
                    one.programs);
            out.flush();
            if (one.requests + one.known == 0 && one.refused > 0 && useless == null) {
                useless = source.location() + ": none of its rows can be used ("
                        + refusals.get(0).reason() + "); correct it";
            }
            sum = new Summary(
                    sum.programs + one.programs,
                    sum.requests + one.requests,
                    sum.known + one.known,
                    sum.refused + one.refused);
        }
        if (useless != null) {
            throw new UserException(useless);
        }
        return sum;
    }

    private Summary ingest(
            Warehouse warehouse, Source source, String runId, List<Quarantine> refusals, List<String> renamed)
            throws IOException {
        Programs programs = new Programs();
        Dataset<Row> rows = source.rows(spark, programs, runId).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Dataset<Row> requests = rows.where("witness IS NOT NULL")
                    .select(functions.col("file"), functions.col("position"), functions.col("witness.*"));
            Admission admission = Admission.decide(existing(warehouse), requests, rename);
            renamed.addAll(admission.renamed());
            ids.addAll(admission.ids());
            refusals.addAll(refusals(rows, admission, runId));
            long newPrograms = insert(warehouse, "programs", Program.class, programs.rows());
            if (admission.admitted() > 0) {
                new WitnessFiles(warehouse)
                        .add(admitted(requests, admission), admission.contentHash(), source.bytes(), runId);
            }
            insert(warehouse, "quarantine", Quarantine.class, refusals);
            return new Summary(newPrograms, admission.admitted(), admission.known(), refusals.size());
        } finally {
            rows.unpersist();
        }
    }

    /** A commit costs seconds: none when there is nothing to say. */
    private static <R extends Record> long insert(
            Warehouse warehouse, String table, Class<R> recordClass, List<R> records) {
        return records.isEmpty() ? 0 : warehouse.insertNew(table, recordClass, records);
    }

    private static Map<String, String> existing(Warehouse warehouse) {
        Map<String, String> contents = new HashMap<>();
        WitnessTable.readOrEmpty(warehouse)
                .select(functions.col("request_id"), Admission.content())
                .collectAsList()
                .forEach(r -> contents.put(r.getString(0), r.getString(1)));
        return contents;
    }

    /** The admitted rows with the schema of the table: read back from structs, every column would be nullable. */
    private Dataset<Row> admitted(Dataset<Row> requests, Admission admission) {
        StructType key = new StructType()
                .add(Ingested.SCHEMA.apply("file"))
                .add(Ingested.SCHEMA.apply("position"))
                .add("admitted_as", DataTypes.StringType, false);
        Dataset<Row> positions = functions.broadcast(spark.createDataFrame(admission.positions(), key));
        StructType schema = RowCodec.schema(TableDefinition.of("witness"));
        Dataset<Row> rows = requests.join(
                        positions,
                        requests.col("file")
                                .equalTo(positions.col("file"))
                                .and(requests.col("position").equalTo(positions.col("position"))),
                        "inner")
                .drop(requests.col("file"))
                .drop(requests.col("position"))
                .drop(positions.col("file"))
                .drop(positions.col("position"))
                .withColumn("request_id", functions.col("admitted_as"))
                .drop("admitted_as");
        return spark.createDataFrame(rows.toJavaRDD(), schema);
    }

    private static List<Quarantine> refusals(Dataset<Row> rows, Admission admission, String runId) {
        RowCodec<Quarantine> codec = RowCodec.of("quarantine", Quarantine.class);
        List<Quarantine> refusals = new ArrayList<>();
        rows.where("refusal IS NOT NULL")
                .select("refusal.*")
                .orderBy("source_file", "row_index")
                .collectAsList()
                .forEach(r -> refusals.add(codec.fromRow(r)));
        admission.refusals(runId).forEach(r -> refusals.add(r.refusal()));
        return refusals;
    }

    private static void show(List<Quarantine> refusals, PrintWriter out) {
        refusals.stream()
                .limit(SHOWN_REFUSALS)
                .forEach(r -> out.printf(
                        "refused %s%s: %s: %s%n",
                        r.sourceFile(), r.rowIndex() < 0 ? "" : " row " + r.rowIndex(), r.reasonClass(), r.reason()));
        if (refusals.size() > SHOWN_REFUSALS) {
            out.printf("and %d more; table quarantine has all%n", refusals.size() - SHOWN_REFUSALS);
        }
    }
}
