package dev.firesteel.riscv.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.SegmentLimits;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs: every engine gives the same registers, output, counts and segments. */
class EnginesAgreeTest {
    private static final int PROGRAMS = 25;

    @ParameterizedTest
    @ValueSource(ints = {4, 40, 1000})
    void onRandomProgramsWithLoops(int iterations) {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            SplittableRandom random = new SplittableRandom(seed * 31L + iterations);
            byte[] elf = RandomProgram.generate(random.nextLong(), 50 + random.nextInt(700), iterations, true)
                    .elf();
            var run = Runs.onEveryEngine(elf, new byte[0], limits(random, iterations));
            assertEquals(Outcome.HALTED, run.result().outcome(), "seed " + seed);
            assertEquals(
                    run.result().statistics().cycles(),
                    run.segments().stream().mapToLong(s -> s.cycles()).sum());
        }
    }

    private static ExecutionOptions limits(SplittableRandom random, int iterations) {
        long cycles = 1 + random.nextInt(50 * iterations);
        long rows = random.nextBoolean() ? cycles : 1 + random.nextInt(10 * iterations);
        return new ExecutionOptions(
                1L << 30, new SegmentLimits(cycles, rows, 2 + random.nextInt(400)), false, Engine.AUTO);
    }
}
