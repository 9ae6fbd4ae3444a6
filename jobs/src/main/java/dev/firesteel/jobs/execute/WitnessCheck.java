package dev.firesteel.jobs.execute;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import dev.firesteel.riscv.AddressSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Checks the values of a witness before anything is executed or written. */
final class WitnessCheck {
    /** The first rule that a row breaks, NULL when it keeps all; columns that need not be read are not. */
    private static final String ROW_RULES = """
            CASE WHEN request_id IS NULL THEN 'request_id is NULL'
                 WHEN input_hash IS NULL THEN 'input_hash is NULL'
                 WHEN input_bytes IS NULL THEN 'input_bytes is NULL'
                 WHEN kind IS NULL THEN 'kind is NULL'
                 WHEN parameters IS NULL THEN 'parameters is NULL'
                 WHEN source_file IS NULL THEN 'source_file is NULL'
                 WHEN input_bytes > %d THEN concat('input of ', input_bytes,
                      ' bytes is too large; the input region holds at most %d')
            END""";

    private static final String INPUT_RULES = """
            CASE WHEN input IS NULL THEN 'input is NULL'
                 WHEN length(input) > %d THEN concat('input of ', length(input),
                      ' bytes is too large; the input region holds at most %d')
                 WHEN length(input) <> input_bytes THEN concat('input_bytes is ', input_bytes, ', input has ',
                      length(input), ' bytes')
                 WHEN sha2(input, 256) <> input_hash THEN 'input_hash is not the SHA-256 of input'
            END""";

    private final SparkSession spark;
    private final String location;
    private final Dataset<Row> witness;

    /**
     * @param location of the witness, for messages
     * @param witness its rows
     */
    WitnessCheck(SparkSession spark, String location, Dataset<Row> witness) {
        this.spark = spark;
        this.location = location;
        this.witness = witness;
    }

    /**
     * The requests, in the order of their ids, after checking all but their inputs.
     *
     * @param wanted ids to keep, all when empty
     * @throws UserException naming file and row of the first that breaks a rule, or an id that is not there
     */
    Map<String, Request> requests(Set<String> wanted) {
        refuse(witness, ROW_RULES);
        Dataset<Row> selected = wanted.isEmpty()
                ? witness
                : witness.where(functions.col("request_id").isin((Object[]) wanted.toArray(String[]::new)));
        Map<String, Request> requests = new TreeMap<>();
        Dataset<Row> columns = selected.selectExpr(
                "request_id",
                "program_hash",
                "input_hash",
                "input_bytes",
                "kind",
                "chain_id",
                "block_number",
                "fixture_name",
                "opcode",
                "op_count",
                "gas_used",
                "transaction_count",
                "parameters",
                "sha2(expected_output, 256)",
                "expected_exit_code");
        for (Row row : readable(columns::collectAsList)) {
            Request request = request(row);
            Request other = requests.put(request.id(), request);
            if (other != null && !other.equals(request)) {
                throw new UserException(location + ": request '" + request.id()
                        + "' is there twice with different contents; request ids must be unique");
            }
        }
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(requests.keySet());
        if (!missing.isEmpty()) {
            throw new UserException(location + ": no request '"
                    + missing.iterator().next() + "'; 'firesteel inspect witness' lists them");
        }
        if (requests.isEmpty()) {
            throw new UserException(location + ": the witness has no row; run 'firesteel ingest' first");
        }
        return requests;
    }

    /** Reads and checks the inputs of {@code requests}; throws {@link UserException} naming the first that is wrong. */
    void inputs(List<Request> requests) {
        if (requests.isEmpty()) {
            return;
        }
        refuse(only(requests.stream().map(Request::id).toList()), INPUT_RULES);
    }

    /** Checks that every program is known; throws {@link UserException} naming the first request whose is not. */
    void programs(List<Request> requests, Set<String> known) {
        for (Request request : requests) {
            if (!known.contains(request.programHash())) {
                throw new UserException(location + ": request '" + request.id() + "': program " + request.programHash()
                        + " is not in table programs; ingest a manifest that names its ELF");
            }
        }
    }

    /** The witness rows of these requests. */
    Dataset<Row> only(List<String> ids) {
        List<Row> rows = new ArrayList<>();
        ids.forEach(id -> rows.add(org.apache.spark.sql.RowFactory.create(id)));
        StructType schema = new StructType().add("wanted", DataTypes.StringType, false);
        Dataset<Row> wanted = functions.broadcast(spark.createDataFrame(rows, schema));
        return witness.join(wanted, witness.col("request_id").equalTo(wanted.col("wanted")), "leftsemi");
    }

    private void refuse(Dataset<Row> rows, String rules) {
        int limit = AddressSpace.MAX_INPUT_BYTES;
        Dataset<Row> broken = rows.selectExpr(
                        "_metadata.file_path AS file",
                        "_metadata.row_index AS row",
                        "request_id",
                        String.format(rules, limit, limit) + " AS reason")
                .where("reason IS NOT NULL")
                .orderBy("file", "row")
                .limit(1);
        for (Row row : readable(broken::collectAsList)) {
            String id = row.isNullAt(2) ? "" : " (request '" + row.getString(2) + "')";
            String file = row.getString(0);
            throw new UserException(
                    (file.startsWith("file:") ? java.net.URI.create(file).getPath() : file) + ": row " + row.getLong(1)
                            + id + ": " + row.getString(3) + "; correct the witness");
        }
    }

    /** Runs a query; a page that cannot be decoded is the file's fault and said so. */
    private <T> T readable(Supplier<T> query) {
        try {
            return query.get();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                String message = String.valueOf(cause.getMessage());
                if (message.contains("FAILED_READ_FILE")) {
                    throw new UserException(
                            location + ": cannot be read, the file is damaged (" + Messages.firstLine(cause)
                                    + "); write it again",
                            e);
                }
            }
            throw e;
        }
    }

    private static Request request(Row row) {
        return new Request(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                number(row, 5),
                number(row, 6),
                row.getString(7),
                row.getString(8),
                number(row, 9),
                number(row, 10),
                number(row, 11),
                new LinkedHashMap<>(row.<String, String>getJavaMap(12)),
                row.getString(13),
                row.isNullAt(14) ? null : Integer.valueOf(row.getInt(14)));
    }

    private static Long number(Row row, int at) {
        return row.isNullAt(at) ? null : Long.valueOf(row.getLong(at));
    }
}
