package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.report.document.CsvFile;
import dev.firesteel.jobs.report.stats.ExactRegression;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.MarginalFit;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarginalJobTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Path PUBLISHED = published();

    @Test
    void reproducesThePublishedRegressionInEveryColumn(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                Files.exists(PUBLISHED.resolve("raw-data.csv")),
                "the published pair is not beside the repository: " + PUBLISHED);
        List<MarginalFit> fits = fit(MarginalCsv.read(PUBLISHED.resolve("raw-data.csv"), MarginalPoint.Series.UNKNOWN));
        Path ours = Files.writeString(folder.resolve("regression.csv"), MarginalCsv.regression(fits));
        CsvFile expected = CsvFile.read(PUBLISHED.resolve("regression.csv"), List.of("opcode"));
        CsvFile actual = CsvFile.read(ours, List.of("opcode"));
        assertEquals(List.copyOf(expected.columns()), List.copyOf(actual.columns()));
        assertEquals(105, actual.rows().size());
        Map<String, CsvFile.Row> byOpcode = new java.util.HashMap<>();
        actual.rows().forEach(row -> byOpcode.put(row.text("opcode"), row));
        for (CsvFile.Row row : expected.rows()) {
            for (String column : expected.columns()) {
                if (!column.equals("opcode")) {
                    double want = row.number(column);
                    double got = byOpcode.get(row.text("opcode")).number(column);
                    assertEquals(want, got, 1e-12 * Math.abs(want), row.text("opcode") + " " + column);
                }
            }
        }
    }

    @Test
    void agreesWithExactArithmeticOnAFileWithOddNamesAndSamples() throws Exception {
        List<MarginalPoint> points = madeUp();
        assertTrue(points.stream().anyMatch(point -> point.name().contains("a,\"b\"-")), "the names are not odd");
        List<MarginalFit> fits = fit(points);
        assertEquals(12, fits.size());
        for (MarginalFit fit : fits) {
            Relation relation = MarginalJob.relation(fit);
            List<MarginalPoint> used = points.stream()
                    .filter(point -> point.opcode().equals(fit.opcode()))
                    .filter(point -> relation.timed() || point.sample() == 1)
                    .toList();
            ExactRegression exact = ExactRegression.of(
                    used.stream().map(relation::x).map(MarginalJobTest::decimal).toList(),
                    used.stream().map(relation::y).map(MarginalJobTest::decimal).toList());
            assertEquals(used.size(), fit.points());
            assertEquals(exact.slope(), fit.slope(), 1e-12 * Math.abs(exact.slope()));
            assertEquals(exact.rSquared(), fit.rSquared(), 1e-12);
            assertEquals(exact.stdErr(), fit.slopeStdErr(), 1e-9 * exact.stdErr() + 1e-20);
            assertEquals(exact.rmse(), fit.rmse(), 1e-9 * exact.rmse() + 1e-12);
            assertTrue(fit.slopeCiLow() <= exact.slope() && exact.slope() <= fit.slopeCiHigh());
        }
    }

    @Test
    void givesTheSameNumbersInAnyOrderAndPartitioning() throws Exception {
        List<MarginalPoint> points = new ArrayList<>(madeUp());
        List<MarginalFit> expected = fit(points);
        for (int partitions : new int[] {1, 3, 11}) {
            Collections.shuffle(points, new Random(partitions));
            Dataset<Row> data = MarginalJob.points(TestSpark.session(), points).repartition(partitions);
            assertEquals(expected, MarginalJob.fit(data, "run", NOW));
        }
    }

    @Test
    void samplesDoNotShrinkTheStandardErrorOfCycles() throws Exception {
        List<MarginalPoint> points = madeUp();
        List<MarginalPoint> first =
                points.stream().filter(point -> point.sample() == 1).toList();
        MarginalFit pooled = find(fit(points), "alpha", Relation.GAS_CYCLES);
        MarginalFit single = find(fit(first), "alpha", Relation.GAS_CYCLES);
        assertEquals(single.slopeStdErr(), pooled.slopeStdErr());
        assertEquals(5, pooled.points());
        assertEquals(15, find(fit(points), "alpha", Relation.GAS_PROVING).points());
        assertEquals(15, pooled.samples());
        assertEquals(5, pooled.fixtures());
    }

    @Test
    void listsGroupsThatCannotBeFittedWithTheReason() {
        List<MarginalFit> fits = fit(List.of(
                point("single", "a", 0L, 100L, 1000L, 1.0, null),
                point("same", "a", 5L, 100L, 1000L, 1.0, null),
                point("same", "b", 5L, 100L, 1001L, 1.5, null),
                point("uncounted", "a", null, 100L, null, 1.0, null),
                point("uncounted", "b", null, 200L, null, 2.0, null),
                point("flat", "a", 0L, 100L, 1000L, 7.0, null),
                point("flat", "b", 1L, 200L, 2000L, 7.0, null),
                point("flat", "c", 2L, 300L, 3000L, 7.0, null)));
        assertEquals(16, fits.size());
        assertReason(fits, "single", Relation.GAS_PROVING, "one point only");
        assertReason(fits, "same", Relation.COUNT_GAS, "x does not vary");
        assertReason(fits, "uncounted", Relation.COUNT_GAS, "no point; 2 of 2 without operation count");
        assertReason(fits, "uncounted", Relation.CYCLES_PROVING, "no point; 2 of 2 without cycles");
        MarginalFit two = find(fits, "uncounted", Relation.GAS_PROVING);
        assertEquals("two points: no standard error", two.note());
        assertEquals(0.01, two.slope(), 1e-15);
        assertNull(two.slopeCiLow());
        MarginalFit flat = find(fits, "flat", Relation.GAS_PROVING);
        assertEquals("none", flat.quality());
        assertNull(flat.rSquared());
        assertEquals("y does not vary: no R²", flat.note());
        String csv = MarginalCsv.regression(fits);
        assertTrue(csv.contains("single,1,0,0,100,100,1000,,,,,,,,,,\n"), csv);
    }

    @Test
    void theRegressionHasTheOpcodesInTheOrderOfTheFile() {
        List<MarginalPoint> points = List.of(
                point("z", "a", 0L, 100L, 1000L, 1.0, null),
                point("b", "a", 0L, 100L, 1000L, 1.0, null),
                point("z", "b", 1L, 200L, 2000L, 2.0, null),
                point("b", "b", 1L, 200L, 2000L, 2.0, null));
        List<MarginalFit> fits = fit(points);
        assertEquals("b", fits.get(0).opcode());
        String csv = MarginalCsv.regression(MarginalCsv.inOrderOf(points, fits));
        assertEquals(
                List.of("opcode", "z", "b"),
                csv.lines().map(line -> line.split(",")[0]).toList());
    }

    @Test
    void keepsTimeoutsCountedAndWarnsOfTheBias() {
        List<MarginalFit> fits = fit(List.of(
                point("op", "a", 0L, 100L, 1000L, 1.0, null),
                point("op", "b", 1L, 200L, 2000L, 2.0, null),
                point("op", "c", 2L, 300L, 3000L, 3.5, null),
                point("op", "d", 3L, 400L, 4000L, null, MarginalPoint.TIMEOUT),
                point("op", "e", 4L, 500L, 5000L, 90.0, "cold")));
        MarginalFit time = find(fits, "op", Relation.GAS_PROVING);
        assertEquals(3, time.points());
        assertEquals(1, time.censored());
        assertEquals(1, time.excluded());
        assertEquals("1 of 5 timed out (censored: the slope is too low); 1 of 5 left out: cold", time.note());
        MarginalFit cycles = find(fits, "op", Relation.GAS_CYCLES);
        assertEquals(5, cycles.points(), "cycles of a run that timed out are as good as any");
        assertNull(cycles.note());
    }

    @Test
    void joinsExecutionsToProofsInBenchmarkResults() {
        StructType schema = StructType.fromDDL(
                "zkvm STRING, zkvm_version STRING, client STRING, client_version STRING, hardware_sha256 STRING,"
                        + " hardware_folder STRING, name STRING, opcode STRING, op_count BIGINT, gas_used BIGINT,"
                        + " cycles BIGINT, proving_outcome STRING, proving_output_matched BOOLEAN, proving_ms BIGINT,"
                        + " proving_crash_class STRING, sample INT, run_metadata MAP<STRING,STRING>");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(result("sp1", null, "f" + i, "add", i, 100L * i, 5000L + 7 * i, null, null, null, null));
            for (int sample = 1; sample <= 2; sample++) {
                rows.add(result("sp1", "abc", "f" + i, "add", i, null, null, "success", 1000L * (i + 1), null, sample));
            }
        }
        rows.add(result("sp1", "abc", "f3", "add", 3, 300L, null, "crashed", null, "timeout", 1));
        rows.add(result("risc0", "abc", "f0", "add", 0, 0L, 1L, "success", 5L, null, 1));
        rows.add(result("sp1", "abc", "block", null, null, 9L, 9L, "success", 5L, null, 1));
        Dataset<Row> points = MarginalJob.points(
                TestSpark.session().createDataFrame(rows, schema), SeriesOptions.of("sp1", null, "ab"));
        List<MarginalFit> fits = MarginalJob.fit(points, "run", NOW);
        assertEquals(4, fits.size(), "one series, one opcode");
        MarginalFit cycles = find(fits, "add", Relation.GAS_CYCLES);
        assertEquals(3, cycles.points());
        assertEquals(0.07, cycles.slope(), 1e-12);
        MarginalFit time = find(fits, "add", Relation.GAS_PROVING);
        assertEquals(6, time.points());
        assertEquals(0.01, time.slope(), 1e-12, "seconds per gas");
        assertEquals(1, time.censored());
        assertEquals("abc", time.hardwareSha256());
    }

    @Test
    void aRepeatedReportReplacesItsRows(@TempDir Path folder) throws Exception {
        Warehouse warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
        List<MarginalFit> first = fit(madeUp());
        warehouse.upsert("marginal_fits", MarginalFit.class, first);
        List<MarginalFit> second =
                MarginalJob.fit(MarginalJob.points(TestSpark.session(), madeUp()), "second", NOW.plusSeconds(9));
        warehouse.upsert("marginal_fits", MarginalFit.class, second);
        Dataset<Row> rows = warehouse.read("marginal_fits");
        assertEquals(12, rows.count());
        assertEquals(12, rows.filter("run_id = 'second'").count());
        Row alpha =
                rows.filter("opcode = 'alpha' AND relation = 'gas_zkcycles'").first();
        assertEquals(find(first, "alpha", Relation.GAS_CYCLES).slope(), alpha.<Double>getAs("slope"));
    }

    private static List<MarginalFit> fit(List<MarginalPoint> points) {
        return MarginalJob.fit(MarginalJob.points(TestSpark.session(), points), "run", NOW);
    }

    private static MarginalFit find(List<MarginalFit> fits, String opcode, Relation relation) {
        MarginalFit found = MarginalCsv.byOpcode(fits).get(opcode).get(relation);
        assertNotNull(found);
        return found;
    }

    private static void assertReason(List<MarginalFit> fits, String opcode, Relation relation, String reason) {
        MarginalFit fit = find(fits, opcode, relation);
        assertEquals("unfitted", fit.status());
        assertNull(fit.slope());
        assertEquals(reason, fit.note());
    }

    private static MarginalPoint point(
            String opcode, String name, Long count, Long gas, Long cycles, Double seconds, String excluded) {
        return new MarginalPoint(
                MarginalPoint.Series.UNKNOWN, name, opcode, count, gas, cycles, false, seconds, null, excluded);
    }

    private static Row result(
            String zkvm,
            String hardware,
            String name,
            String opcode,
            Integer count,
            Long gas,
            Long cycles,
            String outcome,
            Long ms,
            String crash,
            Integer sample) {
        return RowFactory.create(
                zkvm,
                "1.0",
                "reth",
                null,
                hardware,
                "folder",
                name,
                opcode,
                count == null ? null : count.longValue(),
                gas,
                cycles,
                outcome,
                null,
                ms,
                crash,
                sample,
                null);
    }

    private static String decimal(Double value) {
        return new java.math.BigDecimal(value.toString()).toPlainString();
    }

    private static List<MarginalPoint> madeUp() throws URISyntaxException {
        Path csv = Path.of(
                MarginalJobTest.class.getResource("marginal-made-up.csv").toURI());
        return MarginalCsv.read(csv, MarginalPoint.Series.UNKNOWN);
    }

    /** The published pair lies in a folder beside the repository, or beside one of the folders that the repository is in. */
    private static Path published() {
        Path pair = Path.of("shared", "data", "marginal", "sp1");
        Path repository = Path.of(System.getProperty("firesteel.basedir", "."))
                .toAbsolutePath()
                .normalize()
                .getParent();
        for (Path above = repository.getParent(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above.resolve(pair))) {
                return above.resolve(pair);
            }
        }
        return repository.resolveSibling(pair);
    }
}
