package dev.firesteel.jobs.report;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * One run of one fixture of the marginal method.
 *
 * @param series what the run is a measurement of; lines are never fitted across two of them
 * @param name fixture, one number of operations of one opcode
 * @param opcode operation that is varied
 * @param opCount number of that operation in the block, or {@code null}
 * @param gasUsed gas of the block, or {@code null}
 * @param cycles cycles of the execution, or {@code null} if not measured
 * @param cyclesDiffer two executions of the fixture gave different cycles, which a deterministic machine does not do
 * @param provingSeconds proving time in seconds, or {@code null}
 * @param sample number of the proving run, or {@code null}
 * @param excluded why the time is not used: {@link #TIMEOUT}, or another reason for a reader; {@code null} if it is used
 */
record MarginalPoint(
        Series series,
        String name,
        String opcode,
        Long opCount,
        Long gasUsed,
        Long cycles,
        boolean cyclesDiffer,
        Double provingSeconds,
        Integer sample,
        String excluded) {

    /** Value of {@link #excluded} for a run that took longer than its limit (right-censored). */
    static final String TIMEOUT = "timeout";

    static final StructType SCHEMA =
            StructType.fromDDL("zkvm STRING NOT NULL, zkvm_version STRING NOT NULL, client STRING NOT NULL,"
                    + " client_version STRING NOT NULL, hardware_sha256 STRING NOT NULL, name STRING NOT NULL, opcode STRING NOT NULL,"
                    + " op_count BIGINT, gas_used BIGINT, cycles BIGINT, cycles_differ BOOLEAN NOT NULL, proving_s DOUBLE, sample INT,"
                    + " excluded STRING");

    /** Which zkVM, client and machine; empty texts where not known. */
    record Series(String zkvm, String zkvmVersion, String client, String clientVersion, String hardwareSha256)
            implements Comparable<Series> {
        static final Series UNKNOWN = new Series("", "", "", "", "");

        String key() {
            return String.join("\u0001", zkvm, zkvmVersion, client, clientVersion, hardwareSha256);
        }

        /** For headings: what is known, or "unnamed prover". */
        String label() {
            String prover = (zkvm + " " + zkvmVersion).strip();
            String executed = (client + " " + clientVersion).strip();
            return (prover.isEmpty() ? "unnamed prover" : prover)
                    + (executed.isEmpty() ? "" : ", client " + executed)
                    + (hardwareSha256.isEmpty()
                            ? ""
                            : ", hardware " + hardwareSha256.substring(0, Math.min(12, hardwareSha256.length())));
        }

        @Override
        public int compareTo(Series other) {
            return key().compareTo(other.key());
        }
    }

    /** The same run with the cycles of its fixture. */
    MarginalPoint withCycles(long known, boolean differ) {
        return new MarginalPoint(
                series, name, opcode, opCount, gasUsed, known, differ, provingSeconds, sample, excluded);
    }

    Row toRow() {
        return RowFactory.create(
                series.zkvm(),
                series.zkvmVersion(),
                series.client(),
                series.clientVersion(),
                series.hardwareSha256(),
                name,
                opcode,
                opCount,
                gasUsed,
                cycles,
                cyclesDiffer,
                provingSeconds,
                sample,
                excluded);
    }

    static MarginalPoint of(Row row) {
        return new MarginalPoint(
                new Series(row.getString(0), row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getAs(7),
                row.getAs(8),
                row.getAs(9),
                row.getBoolean(10),
                row.getAs(11),
                row.getAs(12),
                row.getAs(13));
    }
}
