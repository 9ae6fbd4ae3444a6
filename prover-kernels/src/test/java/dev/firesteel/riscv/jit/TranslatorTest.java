package dev.firesteel.riscv.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.oracle.RandomProgram;
import dev.firesteel.riscv.oracle.Runs;
import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.TouchListener;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorTest {
    @ParameterizedTest
    @CsvSource({
        "1, 7000, 1000000",
        "1, 700, 1000000",
        "1, 1500, 1000000",
        "2, 7000, 1000000",
        "5, 2000, 1000000",
        "30, 7000, 1000000",
        "1, 7000, 100",
        "1, 7000, 0"
    })
    void settingsChangeNoState(int threshold, int maxCost, long maxInstructions) {
        TranslatorSettings settings = new TranslatorSettings(threshold, maxCost, maxInstructions);
        for (int seed = 0; seed < 12; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] elf = RandomProgram.generate(seed + 500L, 40 + random.nextInt(600), 25, true)
                    .elf();
            int most = 1 << random.nextInt(1, 14);
            Machine machine =
                    Lockstep.compare(elf, settings, step -> 1 + random.nextInt(most), settings + ", seed " + seed);
            assertEquals(Outcome.HALTED, machine.outcome());
        }
    }

    @Test
    void everyBudgetStopsAtTheSameInstruction() {
        byte[] elf = RandomProgram.generate(77, 120, 6, true).elf();
        for (int budget = 1; budget < 150; budget++) {
            int each = budget;
            Lockstep.compare(elf, TranslatorSettings.EAGER, step -> each, "budget " + budget);
        }
    }

    @Test
    void regionsStayBelowTheSizeThatTheJvmCompiles() {
        int largest = 0;
        for (int seed = 0; seed < 20; seed++) {
            Program program =
                    Runs.load(RandomProgram.generate(seed, 3000, 2, false).elf());
            Translator translator = Translator.eager(program.code());
            translator.run(machine(program), 1_000_000);
            largest = Math.max(largest, translator.largestMethod());
        }
        assertTrue(largest > 2000, "the programs are too small for this test: " + largest);
        assertTrue(largest < 8000, "HotSpot never compiles methods of 8000 byte codes or more: " + largest);
    }

    @Test
    void runsOfOneProgramShareRegions() {
        Program program = Runs.load(RandomProgram.generate(3, 300, 10, false).elf());
        Translator first = Translator.eager(program.code());
        assertEquals(0, first.regions());
        first.run(machine(program), 1_000_000);
        int regions = first.regions();
        assertTrue(regions > 0);
        Translator second = Translator.eager(program.code());
        second.run(machine(program), 1_000_000);
        assertEquals(regions, second.regions());
    }

    @Test
    void threadsShareAProgram() throws Exception {
        Program program = Runs.load(RandomProgram.generate(11, 600, 300, true).elf());
        ExecutionOptions options = ExecutionOptions.defaults();
        Runs.Run expected = Runs.run(program, new byte[0], options.withEngine(Engine.INTERPRETER), true);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (Engine engine : List.of(Engine.AUTO, Engine.TRANSLATOR)) {
                // A fresh program, so that the threads race to translate it.
                Program shared =
                        Runs.load(RandomProgram.generate(11, 600, 300, true).elf());
                Callable<Runs.Run> run = () -> Runs.run(shared, new byte[0], options.withEngine(engine), true);
                List<Future<Runs.Run>> futures = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    futures.add(pool.submit(run));
                }
                for (Future<Runs.Run> future : futures) {
                    Runs.assertSame(expected, future.get(), engine.name());
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void translationsAreCollectedWithTheirProgram() {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();
        WeakReference<Program> program = runAndForget(classes);
        assertTrue(!classes.isEmpty());
        for (int i = 0; i < 20 && (program.get() != null || classes.get(0).get() != null); i++) {
            System.gc();
        }
        assertNull(program.get(), "the program is still reachable");
        for (WeakReference<Class<?>> type : classes) {
            assertNull(type.get(), "a translated region was not unloaded");
        }
    }

    private static WeakReference<Program> runAndForget(List<WeakReference<Class<?>>> classes) {
        Program program = Runs.load(RandomProgram.generate(5, 300, 10, false).elf());
        Translator translator = Translator.eager(program.code());
        translator.run(machine(program), 1_000_000);
        translator.regionClasses().forEach(type -> classes.add(new WeakReference<>(type)));
        return new WeakReference<>(program);
    }

    static Machine machine(Program program) {
        return new Machine(
                new Memory(new InitialMemory(program.segments(), new byte[0]), TouchListener.NONE), program.entry());
    }
}
