package dev.firesteel.riscv.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.jit.Translator;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.Runner;
import dev.firesteel.riscv.vm.TouchListener;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random programs, all registers after every instruction, against an implementation that shares no line with ours. */
class QemuDifferentialTest {
    private static final int SP = 2;

    @TempDir
    Path dir;

    @BeforeEach
    void needsQemu() {
        assumeTrue(QemuTrace.available(), "SKIPPED: " + QemuTrace.QEMU + " is not installed");
    }

    @Test
    void straightLinePrograms() throws Exception {
        Set<Integer> operations = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            compare(seed, 1200, 1, operations);
        }
        assertTrue(operations.size() >= 60, "too few operations were executed: " + operations.size());
    }

    @Test
    void programsWithBranchesLoopsAndCalls() throws Exception {
        for (int seed = 100; seed < 120; seed++) {
            compare(seed, 300, 6, new HashSet<>());
        }
    }

    /** An hour's worth of other seeds: {@code -Dgroups=slow -Dfiresteel.seeds=10000}. */
    @Test
    @Tag("slow")
    void manyPrograms() throws Exception {
        int seeds = Integer.getInteger("firesteel.seeds", 30);
        for (int seed = 1000; seed < 1000 + seeds; seed++) {
            compare(seed, 100 + seed % 500, 1 + seed % 10, new HashSet<>());
        }
    }

    private void compare(int seed, int length, int iterations, Set<Integer> operations) throws Exception {
        byte[] elf = RandomProgram.generate(seed, length, iterations, false).elf();
        QemuTrace trace = QemuTrace.of(elf, dir);
        Program program = Runs.load(elf);
        assertTrue(
                trace.states().size() > length / 2,
                "qemu traced " + trace.states().size() + " instructions");

        Machine machine = machine(program, trace);
        Interpreter interpreter = new Interpreter(program.code());
        for (int i = 0; i < trace.states().size(); i++) {
            assertState(trace.states().get(i), machine, program.code(), "seed " + seed + ", instruction " + i);
            operations.add(program.code().operation(program.code().indexOf(machine.pc)));
            assertEquals(1, interpreter.run(machine, 1), "seed " + seed + ", instruction " + i);
        }
        assertHalted(trace, machine);

        // The translator stops only where it is told to: compare there.
        SplittableRandom random = new SplittableRandom(seed);
        machine = machine(program, trace);
        Runner translator = Translator.eager(program.code());
        int at = 0;
        while (at < trace.states().size()) {
            assertState(trace.states().get(at), machine, program.code(), "translator, seed " + seed + ", " + at);
            int budget = Math.min(1 + random.nextInt(60), trace.states().size() - at);
            assertEquals(budget, translator.run(machine, budget));
            at += budget;
        }
        assertHalted(trace, machine);
    }

    private static Machine machine(Program program, QemuTrace trace) {
        Memory memory = new Memory(new InitialMemory(program.segments(), new byte[0]), TouchListener.NONE);
        Machine machine = new Machine(memory, program.entry());
        // Linux' stack lies elsewhere.
        machine.registers[SP] = trace.states().get(0)[SP];
        return machine;
    }

    private static void assertHalted(QemuTrace trace, Machine machine) {
        assertEquals(Outcome.HALTED, machine.outcome());
        assertEquals(trace.exitStatus(), machine.exitCode() & 0xff);
        assertEquals(trace.states().size(), machine.cycles);
    }

    private static void assertState(long[] expected, Machine machine, Code code, String what) {
        if (expected[0] != machine.pc) {
            assertEquals(Long.toHexString(expected[0]), Long.toHexString(machine.pc), what + ": pc");
        }
        for (int r = 1; r < 32; r++) {
            if (expected[r] != machine.registers[r]) {
                int index = code.indexOf(machine.pc - 4);
                assertEquals(
                        Long.toHexString(expected[r]),
                        Long.toHexString(machine.registers[r]),
                        "%s: x%d at pc %x, after word %08x if it did not jump"
                                .formatted(what, r, machine.pc, index < 0 ? 0 : code.word(index)));
            }
        }
    }
}
