package dev.firesteel.jobs.execute;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Constraints;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Makes and commits the rows of {@code executions}: one for each request, also where several share an execution. */
final class ExecutionRows {
    /** The outcome that the constraint of a table of an earlier version does not know. */
    private static final String NEWEST_OUTCOME = "memory_limit";

    private final Warehouse warehouse;
    private final String parametersHash;
    private final Map<String, String> programNames;
    private final String runId;
    private final String codeVersion = CodeVersion.current();

    ExecutionRows(Warehouse warehouse, ExecutionParameters parameters, Map<String, String> programNames, String runId) {
        this.warehouse = warehouse;
        this.parametersHash = parameters.hash();
        this.programNames = programNames;
        this.runId = runId;
    }

    /** Commits the rows of the requests of {@code results}. */
    void insert(List<UnitResult> results, List<List<Request>> requests) {
        List<Execution> rows = new ArrayList<>();
        for (UnitResult result : results) {
            for (Request request : requests.get(result.unit())) {
                rows.add(row(
                        request,
                        result.end(),
                        result.ended().executorId(),
                        result.ended().host(),
                        result.ended().endedAt()));
            }
        }
        if (warehouse.exists("executions")
                && rows.stream().anyMatch(r -> r.outcome().equals(NEWEST_OUTCOME))) {
            Constraints.renew(warehouse, "executions");
        }
        warehouse.insertNew("executions", Execution.class, rows);
    }

    /**
     * Gives requests whose program and input have been executed for another request their rows, and takes them out of
     * {@code open}.
     *
     * @return how many requests
     */
    int copyKnown(Dataset<Row> executions, Map<Request.Work, List<Request>> open) {
        Map<Request.Work, Execution> known = new HashMap<>();
        RowCodec<Execution> codec = RowCodec.of("executions", Execution.class);
        String[] inputs = open.keySet().stream().map(Request.Work::inputHash).toArray(String[]::new);
        // Fetched only when some input is among the executed ones: usually none is.
        executions
                .where(functions.col("input_hash").isInCollection(java.util.Arrays.asList(inputs)))
                .collectAsList()
                .forEach(r -> {
                    Execution e = codec.fromRow(r);
                    known.putIfAbsent(new Request.Work(e.programHash(), e.inputHash()), e);
                });
        List<Execution> rows = new ArrayList<>();
        known.forEach((work, e) -> {
            List<Request> requests = open.remove(work);
            if (requests != null) {
                requests.forEach(r -> rows.add(row(r, end(e), e.executorId(), e.host(), e.executedAt())));
            }
        });
        if (!rows.isEmpty()) {
            warehouse.insertNew("executions", Execution.class, rows);
        }
        return rows.size();
    }

    private static UnitResult.End end(Execution e) {
        return new UnitResult.End(
                e.outcome(),
                e.exitCode(),
                e.trap(),
                e.trapPc(),
                e.output(),
                e.outputSha256(),
                e.cycles(),
                e.segmentCount(),
                e.misalignedAccesses(),
                e.touchedWords(),
                new java.util.TreeMap<>(e.familyCounts()),
                new java.util.TreeMap<>(e.acceleratorCalls()),
                e.cost(),
                e.costMetric(),
                e.executionMs());
    }

    private Execution row(Request request, UnitResult.End end, String executorId, String host, Instant executedAt) {
        return new Execution(
                request.id(),
                request.programHash(),
                request.inputHash(),
                parametersHash,
                codeVersion,
                runId,
                programNames.get(request.programHash()),
                request.kind(),
                request.chainId(),
                request.blockNumber(),
                request.fixtureName(),
                request.opcode(),
                request.opCount(),
                request.gasUsed(),
                request.transactionCount(),
                request.parameters(),
                end.outcome(),
                end.exitCode(),
                end.trap(),
                end.trapPc(),
                matched(request, end),
                end.output(),
                end.output().length,
                end.outputSha256(),
                request.inputBytes(),
                end.cycles(),
                end.segmentCount(),
                end.misalignedAccesses(),
                end.touchedWords(),
                end.families(),
                end.acceleratorCalls(),
                end.cost(),
                end.costMetric(),
                end.executionMs(),
                executorId,
                host,
                executedAt);
    }

    /** Whether the guest ended as expected; null when nothing is expected. */
    static Boolean matched(Request request, UnitResult.End end) {
        if (request.expectedOutputSha256() == null && request.expectedExitCode() == null) {
            return null;
        }
        boolean output = request.expectedOutputSha256() == null
                || request.expectedOutputSha256().equals(end.outputSha256());
        // An output without an exit code is that of a success.
        int wanted = request.expectedExitCode() == null ? 0 : request.expectedExitCode();
        return output && end.exitCode() != null && end.exitCode() == wanted;
    }
}
