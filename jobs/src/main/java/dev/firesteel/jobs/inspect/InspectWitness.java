package dev.firesteel.jobs.inspect;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.ingest.SourceFiles;
import dev.firesteel.jobs.ingest.WitnessTable;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.schemas.Witness;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firesteel inspect witness}: the requests of a witness, or one in full. */
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = "List the requests of a witness, or print one.",
        footer = {"", "Example: firesteel inspect witness warehouse/witness --request fibonacci-10"})
final class InspectWitness extends InspectJob {
    private static final int SHOWN_BYTES = 64;

    @Parameters(paramLabel = "PATH", description = "Parquet file or folder of files.")
    private String path;

    @Option(names = "--request", paramLabel = "ID", description = "Print this request.")
    private String request;

    @Override
    protected int run(SparkSession spark) {
        Dataset<Row> rows = WitnessTable.read(spark, SourceFiles.path(path));
        Facts facts = request == null ? list(rows) : one(rows);
        print(facts);
        return 0;
    }

    private static Facts list(Dataset<Row> rows) {
        List<Facts> requests = new ArrayList<>();
        rows.select("request_id", "kind", "input_bytes", "program_hash")
                .orderBy("request_id")
                .collectAsList()
                .forEach(r -> requests.add(new Facts()
                        .put("request_id", r.getString(0))
                        .put("kind", r.getString(1))
                        .put("input_bytes", r.get(2))
                        .put("program_hash", r.getString(3))));
        return new Facts().put("rows", requests.size()).put("requests", requests);
    }

    private Facts one(Dataset<Row> rows) {
        List<Row> found = rows.where(functions.col("request_id").equalTo(request))
                .limit(1)
                .collectAsList();
        if (found.isEmpty()) {
            throw new UserException(path + ": no request '" + request + "'; leave --request out to list them");
        }
        Witness w = RowCodec.of("witness", Witness.class).fromRow(found.get(0));
        return new Facts()
                .put("request_id", w.requestId())
                .put("kind", w.kind())
                .put("program_hash", w.programHash())
                .put("input_bytes", w.inputBytes())
                .put("input_hash", w.inputHash())
                .put("input", Facts.hex(w.input(), SHOWN_BYTES))
                .put("chain_id", w.chainId())
                .put("block_number", w.blockNumber())
                .put("fixture_name", w.fixtureName())
                .put("opcode", w.opcode())
                .put("op_count", w.opCount())
                .put("gas_used", w.gasUsed())
                .put("transaction_count", w.transactionCount())
                .put("parameters", (Object) new java.util.TreeMap<>(w.parameters()))
                .put("expected_output", w.expectedOutput() == null ? null : Facts.hex(w.expectedOutput(), SHOWN_BYTES))
                .put("expected_exit_code", w.expectedExitCode())
                .put("source_file", w.sourceFile());
    }
}
