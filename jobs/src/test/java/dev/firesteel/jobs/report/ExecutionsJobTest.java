package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.HtmlWriter;
import dev.firesteel.jobs.report.document.Report;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.schemas.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionsJobTest {
    private final List<Execution> executions = new ArrayList<>();
    private ExecutionsJob job;

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void aggregatesByProgramAndKind() {
        for (int i = 1; i <= 101; i++) {
            add("r" + i, "fib", "guest", i * 1000L, i <= 50 ? 100L * i : null, Map.of(), "halted", 1);
        }
        add("t", "fib", "marginal", 5, null, Map.of(), "trapped", 1);
        Row guest = job().groups().get(0);
        assertEquals("guest", guest.getAs("kind"));
        assertEquals(101L, guest.<Long>getAs("requests"));
        assertEquals(51_000.0, guest.<Double>getAs("cycles_p50"));
        assertEquals(96_000.0, guest.<Double>getAs("cycles_p95"));
        assertEquals(100_000.0, guest.<Double>getAs("cycles_p99"));
        assertEquals(10.0, guest.<Double>getAs("cycles_per_gas"), 1e-12);
        // 2 ms each.
        assertEquals(51_000 / 2.0 / 1000, guest.<Double>getAs("mips"), 1e-9);
        assertEquals(101L, guest.<Long>getAs("succeeded"));
        Row trapped = job.groups().get(1);
        assertEquals(1L, trapped.<Long>getAs("trapped"));
        assertNull(trapped.getAs("cycles_per_gas"));
    }

    @Test
    void countsTheLatestExecutionOfARequestOnly() {
        add("r", "fib", "guest", 1000, null, Map.of(), "cycle_limit", 1);
        add("r", "fib", "guest", 2000, null, Map.of(), "halted", 2);
        List<Row> groups = job().groups();
        assertEquals(1L, groups.get(0).<Long>getAs("requests"));
        assertEquals(2000.0, groups.get(0).<Double>getAs("cycles_p50"));
        assertEquals(1, job.outcomes().size());
        assertEquals("exit code 0", job.outcomes().get(0).getAs("detail"));
    }

    @Test
    void computesTheCostOfAnUpdateInABatch() {
        add("one", "state-batch", "state-batch", 1000, null, Map.of("updates", "1"), "halted", 1);
        add("ten", "state-batch", "state-batch", 4000, null, Map.of("updates", "10"), "halted", 1);
        add("bad", "state-batch", "state-batch", 4000, null, Map.of("updates", "many"), "halted", 1);
        List<Row> batches = job().batches();
        assertEquals(2, batches.size());
        assertEquals(400.0, batches.get(1).<Double>getAs("cycles_per_update"));
        String html = html();
        assertTrue(html.contains("<td class=\"n\">40</td>"), "40 % of an update alone");
        assertTrue(html.contains("state-batch, 10 updates"), "bar of the batch");
    }

    @Test
    void mixesFamiliesOverRequests() {
        add("a", "fib", "guest", 10, null, Map.of(), "halted", 1);
        add("b", "fib", "guest", 10, null, Map.of(), "halted", 1);
        assertEquals(Map.of("fib", Map.of("alu", 6L, "memory", 2L)), job().families());
        String csv = new ExecutionsReport(job).familiesCsv();
        assertEquals("program_name,family,instructions\nfib,alu,6\nfib,memory,2\n", csv);
        assertTrue(html().contains(">75<"), "share of alu in percent");
    }

    @Test
    void listsTrapsByName() {
        add("a", "fib", "guest", 10, null, Map.of(), "trapped", 1);
        add("b", "fib", "guest", 10, null, Map.of(), "trapped", 1);
        Row row = job().outcomes().get(0);
        assertEquals("illegal_instruction", row.getAs("detail"));
        assertEquals(2L, row.<Long>getAs("requests"));
    }

    private ExecutionsJob job() {
        RowCodec<Execution> codec = RowCodec.of("executions", Execution.class);
        job = new ExecutionsJob(TestSpark.session().createDataFrame(codec.toRows(executions), codec.schema()));
        return job;
    }

    private String html() {
        List<Block> blocks = new ExecutionsReport(job).blocks();
        return HtmlWriter.write(new Report("t", Map.of(), blocks));
    }

    private void add(
            String request,
            String program,
            String kind,
            long cycles,
            Long gas,
            Map<String, String> parameters,
            String outcome,
            int day) {
        boolean halted = outcome.equals("halted");
        executions.add(new Execution(
                request,
                "hash-" + program,
                "input",
                "parameters",
                "v" + day,
                "run",
                program,
                kind,
                null,
                null,
                null,
                null,
                null,
                gas,
                null,
                parameters,
                outcome,
                halted ? 0 : null,
                outcome.equals("trapped") ? "illegal_instruction" : null,
                null,
                null,
                new byte[0],
                0,
                "",
                0,
                cycles,
                1,
                0,
                1,
                Map.of("alu", 3L, "memory", 1L),
                Map.of(),
                1,
                "cost",
                2.0,
                "driver",
                "host",
                Instant.parse("2026-03-0" + day + "T00:00:00Z")));
    }
}
