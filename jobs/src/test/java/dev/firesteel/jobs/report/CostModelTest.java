package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostModelTest {
    private final SparkSession spark = TestSpark.session();
    private final SplittableRandom random = new SplittableRandom(3);

    @TempDir
    Path folder;

    @Test
    void recoversTheCostsItsDataWereMadeFrom() {
        List<CostModel.Run> runs = new ArrayList<>();
        for (long count : new long[] {0, 100, 200, 300}) {
            for (double rounds : new double[] {1, 12, 100}) {
                double seconds = 8 + count * (2e-3 + 4e-4 * rounds) + noise(0.02);
                runs.add(run("blake2f", count, Map.of("rounds", rounds, "fixed", 7.0), seconds));
            }
        }
        List<CostModel.Problem> problems = CostModel.problems(runs);
        assertEquals(
                List.of("start", "count", "count × rounds"),
                problems.get(0).terms(),
                "a constant parameter is no term");
        List<CostModel.Estimate> estimates =
                CostModelJob.estimate(spark, problems, 400, 1).get("blake2f");
        double[] truth = {8, 2e-3, 4e-4};
        for (int j = 0; j < 3; j++) {
            CostModel.Estimate estimate = estimates.get(j);
            assertEquals(truth[j], estimate.seconds(), 0.05 * truth[j]);
            assertTrue(estimate.low() <= estimate.seconds() && estimate.seconds() <= estimate.high());
            assertTrue(estimate.significant(), estimate.toString());
        }
        assertTrue(problems.get(0).rSquared(problems.get(0).solve()) > 0.999);
    }

    @Test
    void aTermWithoutEffectIsNotSignificant() {
        List<CostModel.Run> runs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            runs.add(run("noop", i % 4, Map.of(), 5 + noise(1)));
        }
        List<CostModel.Estimate> estimates =
                CostModelJob.estimate(spark, CostModel.problems(runs), 400, 1).get("noop");
        assertTrue(estimates.get(1).pValue() > CostModel.SIGNIFICANT, estimates.toString());
    }

    @Test
    void theBootstrapDependsOnTheSeedAndNotOnTheTasks() {
        List<CostModel.Run> runs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            runs.add(run("add", i, Map.of(), 1 + 0.1 * i + noise(0.1)));
        }
        List<CostModel.Problem> problems = CostModel.problems(runs);
        List<double[]> serial = new ArrayList<>();
        for (int number = 0; number < 120; number++) {
            serial.add(problems.get(0).resample(9, number));
        }
        List<CostModel.Estimate> expected = CostModel.estimates(problems.get(0), serial);
        assertEquals(expected, CostModelJob.estimate(spark, problems, 120, 9).get("add"));
        double other = CostModelJob.estimate(spark, problems, 120, 10)
                .get("add")
                .get(1)
                .low();
        assertTrue(other != expected.get(1).low());
    }

    @Test
    void glueIsFittedTogetherAndTakenOff() {
        // One push costs 3 ms and one pop 1 ms; a push run pops what it pushed, a call needs seven pushes and one pop.
        List<CostModel.Run> runs = new ArrayList<>();
        for (long count : new long[] {0, 250, 500, 750, 1000}) {
            for (int repeat = 0; repeat < 3; repeat++) {
                runs.add(run("push", count, Map.of(), 4 + count * (0.003 + 0.001) + noise(0.01)));
                runs.add(run("pop", count, Map.of(), 6 + count * 0.001 + noise(0.01)));
                runs.add(run("call", count, Map.of(), 5 + count * (0.050 + 7 * 0.003 + 0.001) + noise(0.01)));
            }
        }
        List<CostModel.Ratio> ratios = List.of(
                new CostModel.Ratio("push", "pop", 1),
                new CostModel.Ratio("call", "push", 7),
                new CostModel.Ratio("call", "pop", 1));
        CostModel.Problem joint = CostModel.joint(runs, ratios);
        assertEquals(List.of("start of pop", "start of push", "pop", "push"), joint.terms());
        List<CostModel.Estimate> glue =
                CostModelJob.estimate(spark, List.of(joint), 200, 1).get(CostModel.JOINT);
        assertEquals(0.001, glue.get(2).seconds(), 5e-5);
        assertEquals(0.003, glue.get(3).seconds(), 5e-5);
        assertEquals(0.050, CostModel.adjusted("call", 0.072, ratios, glue), 5e-4);
        assertEquals(0.010, CostModel.adjusted("unlisted", 0.010, ratios, glue));
    }

    @Test
    void onlySignificantGlueIsTakenOffAndNeverMoreThanThereIs() {
        List<CostModel.Ratio> ratios =
                List.of(new CostModel.Ratio("x", "push", 2), new CostModel.Ratio("x", "pop", 10));
        List<CostModel.Estimate> glue = List.of(
                new CostModel.Estimate(CostModel.JOINT, "push", 3, 2, 4, 0.001),
                new CostModel.Estimate(CostModel.JOINT, "pop", 5, 0, 9, 0.2));
        assertEquals(4, CostModel.adjusted("x", 10, ratios, glue));
        assertEquals(0, CostModel.adjusted("x", 5, ratios, glue));
    }

    @Test
    void withoutGlueThereIsNoJointFit() {
        assertNull(CostModel.joint(List.of(run("add", 1, Map.of(), 1)), List.of()));
    }

    @Test
    void readsParametersFromColumnsAndFromFixtureNames() throws IOException {
        Path csv = write("name,opcode,op_count,proving_time_s,param_rounds,param_pairs,status\n"
                + "a,blake2f,10,1.5,12,,success\nb,pairing,3,2.5,,2,\nc,pairing,3,,,2,timeout\n");
        List<CostModel.Run> runs = CostModelInput.read(csv);
        assertEquals(2, runs.size());
        assertEquals(Map.of("rounds", 12.0), runs.get(0).parameters());
        assertEquals(Map.of("pairs", 2.0), runs.get(1).parameters());
        assertEquals(
                Map.of("rounds", 12.0, "num_pairs", 2.0),
                CostModelInput.parameters("t.py::test_x[fork_Prague-rounds_12-num_pairs_2-op_count_300]"));
    }

    @Test
    void refusesParametersThatComeAndGoAndGlueWithoutRuns() throws IOException {
        Path csv = write("name,opcode,op_count,proving_time_s,param_rounds\na,b,1,1,3\nb,b,2,1,\n");
        UserException e = assertThrows(UserException.class, () -> CostModelInput.read(csv));
        assertTrue(e.getMessage().contains(":3: b has parameters [] here and [rounds] before"), e.getMessage());
        Path glue = write("operation,glue,ratio\ncall,push,7\n");
        UserException missing = assertThrows(
                UserException.class, () -> CostModelInput.ratios(glue, List.of(run("call", 1, Map.of(), 1))));
        assertTrue(
                missing.getMessage().contains(":2: column 'glue' is 'push', which has no runs"), missing.getMessage());
    }

    @Test
    void proposesGasFromTheAnchor() {
        List<CostModel.Run> runs = new ArrayList<>();
        for (long count = 0; count < 5; count++) {
            runs.add(run("add", count, Map.of(), 1 + 0.25 * count));
        }
        List<CostModel.Problem> problems = CostModel.problems(runs);
        String csv = new CostModelReport(
                        problems, null, CostModelJob.estimate(spark, problems, 50, 1), List.of(), 1000.0)
                .csv();
        String line =
                csv.lines().filter(text -> text.contains(",count,")).findFirst().orElseThrow();
        assertEquals(250, Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)), 1e-9);
    }

    private static CostModel.Run run(String operation, long count, Map<String, Double> parameters, double seconds) {
        return new CostModel.Run(operation, operation + count, count, parameters, seconds);
    }

    private double noise(double size) {
        return size * (random.nextDouble() - 0.5);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), text);
    }
}
