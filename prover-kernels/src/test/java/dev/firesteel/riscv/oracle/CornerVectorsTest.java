package dev.firesteel.riscv.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.oracle.CornerPrograms.Case;
import dev.firesteel.riscv.oracle.CornerPrograms.Expectation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Corner operands for every instruction, each with each, on every engine, against {@link IsaReference}. */
class CornerVectorsTest {
    @Test
    void registerRegisterInstructions() {
        check(CornerPrograms.registerRegister());
    }

    @Test
    void immediateInstructionsAndEveryShiftAmount() {
        check(CornerPrograms.registerImmediate());
    }

    @Test
    void upperImmediates() {
        check(CornerPrograms.upperImmediate());
    }

    @Test
    void branchesTakenAndNotTaken() {
        check(CornerPrograms.branches());
    }

    @Test
    void jumps() {
        check(CornerPrograms.jumps());
    }

    @Test
    void loadsAndStoresAtEveryMisalignment() {
        MemoryPrograms.Counted counted = MemoryPrograms.everyWidthAndMisalignment();
        ExecutionResult result = check(counted.program());
        assertEquals(counted.misaligned(), result.statistics().misalignedAccesses());
    }

    private static ExecutionResult check(Case program) {
        ExecutionResult result = Runs.onEveryEngine(program.elf(), new byte[0], ExecutionOptions.defaults())
                .result();
        assertNull(result.trap(), () -> "trap at " + Long.toHexString(result.trapPc()));
        assertEquals(Outcome.HALTED, result.outcome());
        assertEquals(0, result.exitCode());
        ByteBuffer output = ByteBuffer.wrap(result.output()).order(ByteOrder.LITTLE_ENDIAN);
        List<Expectation> expected = program.expected();
        for (int i = 0; i < expected.size() && output.remaining() >= 8; i++) {
            long actual = output.getLong();
            if (actual != expected.get(i).value()) {
                assertEquals(
                        Long.toHexString(expected.get(i).value()),
                        Long.toHexString(actual),
                        "case " + i + ": " + expected.get(i).what());
            }
        }
        assertEquals(8 * expected.size(), result.output().length);
        return result;
    }
}
