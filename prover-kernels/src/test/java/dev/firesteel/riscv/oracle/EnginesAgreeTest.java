package dev.firesteel.riscv.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.SegmentLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void onEverySampleOfEveryGuest() throws IOException {
        Path guests = Path.of(System.getProperty("firesteel.basedir", "."), "../guests");
        assumeTrue(Files.isDirectory(guests), "SKIPPED: no guests at " + guests);
        try (Stream<Path> files = Files.walk(guests)) {
            List<Path> inputs = files.filter(file ->
                            file.toString().endsWith(".in") && !file.toString().contains("target"))
                    .sorted()
                    .toList();
            for (Path input : inputs) {
                Path folder = input.getParent().getParent();
                Path elf = folder.resolve(folder.getFileName() + ".elf");
                assumeTrue(Files.isRegularFile(elf), "SKIPPED: no " + elf);
                Runs.onEveryEngine(
                        Files.readAllBytes(elf),
                        Files.readAllBytes(input),
                        ExecutionOptions.defaults().withLimits(new SegmentLimits(50_021, 30_011, 4_000)));
            }
            assertTrue(inputs.size() > 20, "only " + inputs.size() + " samples");
        }
    }

    private static ExecutionOptions limits(SplittableRandom random, int iterations) {
        long cycles = 1 + random.nextInt(50 * iterations);
        long rows = random.nextBoolean() ? cycles : 1 + random.nextInt(10 * iterations);
        return new ExecutionOptions(
                1L << 30,
                ExecutionOptions.DEFAULT_MAX_MEMORY_BYTES,
                new SegmentLimits(cycles, rows, 25 + random.nextInt(400)),
                false,
                Engine.AUTO);
    }
}
