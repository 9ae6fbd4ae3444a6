package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.schemas.Quarantine;
import dev.firesteel.schemas.TableDefinition;
import dev.firesteel.schemas.Witness;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What one row of a source became: a request or a refusal, exactly one of them.
 *
 * @param file file that it comes from
 * @param position position within the file from 0; -1 for the file as a whole
 * @param witness the request, or null
 * @param refusal the refusal, or null
 */
record Ingested(String file, long position, Witness witness, Quarantine refusal) {
    static final StructType SCHEMA = new StructType()
            .add("file", DataTypes.StringType, false)
            .add("position", DataTypes.LongType, false)
            .add("witness", RowCodec.schema(TableDefinition.of("witness")), true)
            .add("refusal", RowCodec.schema(TableDefinition.of("quarantine")), true);

    static Ingested of(Witness witness, long position) {
        return new Ingested(witness.sourceFile(), position, witness, null);
    }

    /** A refusal by {@code runId} of {@code bytes} bytes whose SHA-256 is {@code sha256}. */
    static Ingested refused(String runId, String file, long position, Refused reason, String sha256, long bytes) {
        return new Ingested(
                file,
                position,
                null,
                new Quarantine(
                        file,
                        position,
                        sha256,
                        bytes,
                        "ingest",
                        reason.reasonClass(),
                        reason.getMessage(),
                        Instant.now(),
                        runId));
    }

    /** Converts many: codecs are made once and cannot be sent to executors. */
    static final class Rows {
        private final RowCodec<Witness> witnesses = RowCodec.of("witness", Witness.class);
        private final RowCodec<Quarantine> refusals = RowCodec.of("quarantine", Quarantine.class);

        Row toRow(Ingested i) {
            return RowFactory.create(
                    i.file,
                    i.position,
                    i.witness == null ? null : witnesses.toRow(i.witness),
                    i.refusal == null ? null : refusals.toRow(i.refusal));
        }
    }
}
