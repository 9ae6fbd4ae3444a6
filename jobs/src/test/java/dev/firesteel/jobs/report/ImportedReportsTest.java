package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.report.document.CsvFile;
import dev.firesteel.jobs.results.ResultTrees;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Result files to reports through the command line, as an analyst goes: import-results, then both regressions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportedReportsTest {
    private static final double EXACT = 1e-9;

    @TempDir
    static Path folder;

    private Path warehouse;

    private record Said(int status, String out, String err) {}

    @BeforeAll
    void importATree() {
        warehouse = folder.resolve("w");
        ResultTrees.marginal(folder.resolve("runs"));
        Said said = firesteel(
                "import-results",
                folder.resolve("runs").toString(),
                "--warehouse",
                warehouse.toString(),
                "--master",
                "local[2]");
        assertEquals(0, said.status, said.err);
    }

    @Test
    void theMarginalReportFindsTheSlopesThatTheTreeWasMadeFrom() {
        Path out = folder.resolve("marginal");
        Said said = report("marginal", out);
        assertEquals(0, said.status, said.err);
        Map<String, CsvFile.Row> add = extended(out).get("add");
        assertEquals(3, add.get("count_gas").number("slope"), EXACT);
        assertEquals(ResultTrees.MARGINAL_START_GAS, add.get("count_gas").number("intercept"), 1e-3);
        assertEquals(
                ResultTrees.MARGINAL_CYCLES_PER_GAS, add.get("gas_zkcycles").number("slope"), EXACT);
        assertEquals(4e-3 / 3, add.get("gas_proving").number("slope"), EXACT);
        assertEquals(4e-3 / 3 / 7, add.get("zkcycles_proving").number("slope"), EXACT);
        assertEquals(10, add.get("gas_proving").whole("n_points"));
        assertEquals(1, add.get("gas_proving").whole("censored"));
        Map<String, CsvFile.Row> not = extended(out).get("not");
        assertEquals(7, not.get("gas_zkcycles").number("slope"), EXACT);
        assertNull(not.get("gas_proving").number("slope"), "never proven");
        assertTrue(Files.isRegularFile(out.resolve("report.html")));
        Warehouse tables = Warehouse.existing(TestSpark.session(), warehouse.toString());
        assertEquals(4 * 4, tables.read("marginal_fits").count());
        assertEquals(1, tables.read("runs").where("job = 'marginal'").count());
    }

    private static Map<String, Map<String, CsvFile.Row>> extended(Path out) {
        return CsvFile.read(out.resolve("regression-extended.csv"), List.of("opcode", "relation")).rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.text("opcode"), Collectors.toMap(row -> row.text("relation"), row -> row)));
    }

    @Test
    void theCostModelFindsTheCostsThatTheTreeWasMadeFrom() {
        Path out = folder.resolve("costs");
        Said said = report("cost-model", out, "--anchor", "1000000", "--resamples", "40");
        assertEquals(0, said.status, said.err);
        Map<String, CsvFile.Row> terms = terms(out);
        assertEquals(4e-3, terms.get("add count").number("seconds"), EXACT);
        assertEquals(60, terms.get("add start").number("seconds"), 1e-6);
        assertEquals(9e-3, terms.get("mulmod count").number("seconds"), EXACT);
        assertEquals(2e-3, terms.get("blake2f count").number("seconds"), 1e-6);
        assertEquals(1e-3, terms.get("blake2f count × rounds").number("seconds"), 1e-6);
        assertEquals(4000, terms.get("add count").number("gas_proposal"), 1e-3);
        assertFalse(terms.containsKey("not count"), "never proven");
        assertTrue(Files.isRegularFile(out.resolve("report.html")));
    }

    private static Map<String, CsvFile.Row> terms(Path out) {
        return CsvFile.read(out.resolve("cost-model.csv"), List.of("operation", "term")).rows().stream()
                .collect(Collectors.toMap(row -> row.text("operation") + " " + row.text("term"), row -> row));
    }

    @Test
    void aChoiceThatNothingMatchesIsSaidInOneLine() {
        for (String report : List.of("marginal", "cost-model")) {
            Said said = report(report, folder.resolve("none"), "--zkvm", "nobody");
            assertEquals(3, said.status, said.err);
            assertEquals(1, said.err.lines().count(), said.err);
            assertTrue(said.err.contains(warehouse.toString()), said.err);
            assertFalse(Files.exists(folder.resolve("none")));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void ofATreeOfManyZkvmsEachCanBeChosen() {
        Path tree = folder.resolve("published");
        ResultTrees.published(tree, 400, 1);
        Said imported = firesteel(
                "import-results", tree.toString(), "--warehouse", warehouse.toString(), "--master", "local[2]");
        assertEquals(0, imported.status, imported.err);
        Said all = report("marginal", folder.resolve("all"));
        assertEquals(0, all.status, all.err);
        assertTrue(Files.isRegularFile(folder.resolve("all/regression-2.csv")));
        Said ambiguous = report("cost-model", folder.resolve("no"));
        assertEquals(3, ambiguous.status, ambiguous.err);
        assertEquals(1, ambiguous.err.lines().count(), ambiguous.err);
        assertTrue(ambiguous.err.contains("sp1-v5.2.4") && ambiguous.err.contains("--client"), ambiguous.err);
        // Two versions of one zkVM: its name alone does not choose.
        assertEquals(3, report("cost-model", folder.resolve("no"), "--zkvm", "sp1").status);
        Said chosen = report("cost-model", folder.resolve("one"), "--zkvm", "sp1-v5.2.4");
        assertEquals(0, chosen.status, chosen.err);
        assertEquals(4e-3, terms(folder.resolve("one")).get("add count").number("seconds"), EXACT);
        Said client = report("cost-model", folder.resolve("two"), "--zkvm", "zisk", "--client", "reth-v1.11.0");
        assertEquals(0, client.status, client.err);
    }

    private Said report(String kind, Path out, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "report",
                kind,
                "--warehouse",
                warehouse.toString(),
                "--output",
                out.toString(),
                "--master",
                "local[2]"));
        line.addAll(List.of(more));
        return firesteel(line.toArray(String[]::new));
    }

    private static Said firesteel(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Firesteel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Said(status, out.toString(), err.toString());
    }
}
