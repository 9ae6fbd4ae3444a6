package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.ReplayException;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of accelerators, filled from runs and checked without proving. */
class AcceleratorChipsTest {
    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 7})
    void callsBalanceWhereverSegmentsAreCut(long cycles) {
        int keccak = 0;
        int sha256 = 0;
        for (ChipRuns.Filled filled : ChipRuns.fill(AcceleratorRuns.everything(), cycles)) {
            assertEquals(List.of(), filled.violations());
            keccak += filled.trace().calls(Accelerator.KECCAK_F1600).size();
            sha256 += filled.trace().calls(Accelerator.SHA256_COMPRESS).size();
        }
        assertEquals(2, keccak);
        assertEquals(4, sha256);
    }

    @Test
    void aCallMayBeTheFirstAndTheLastInstructionOfASegment() {
        Assembler asm = new Assembler();
        AcceleratorRuns.call(asm, Accelerator.KECCAK_F1600, AcceleratorRuns.FRESH, 0);
        asm.ecall();
        AcceleratorRuns.call(asm, Accelerator.SHA256_COMPRESS, AcceleratorRuns.FRESH, AcceleratorRuns.FRESH);
        asm.halt(0);
        int calls = 0;
        for (ChipRuns.Filled filled : ChipRuns.fill(asm, 1)) {
            assertEquals(List.of(), filled.violations());
            for (Accelerator accelerator : Accelerator.values()) {
                calls += filled.trace().calls(accelerator).size();
            }
        }
        assertEquals(3, calls);
    }

    /** A segment that is none: its first instruction would trap. */
    @Test
    void aCallThatTrapsHasNoTables() throws Exception {
        Assembler asm = new Assembler();
        asm.li(Reg.A0, AcceleratorRuns.FRESH);
        asm.li(Reg.A7, Accelerator.KECCAK_F1600.call());
        asm.ecall();
        asm.halt(0);
        Program program = Runs.load(asm.elf());
        ExecutionOptions options = ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(1));
        // The one that begins with the call: LI is one instruction each.
        Segment call = Runs.run(program, new byte[0], options, true).segments().get(2);
        for (long pointer : new long[] {AcceleratorRuns.FRESH + 4, 8, AddressSpace.END - 8, 1L << 33, -8}) {
            long[] registers = call.startRegisters().clone();
            registers[Reg.A0] = pointer;
            Segment forged = new Segment(
                    call.index(),
                    call.last(),
                    call.startCycle(),
                    call.cycles(),
                    call.startPc(),
                    call.endPc(),
                    registers,
                    call.endRegisters(),
                    call.addresses(),
                    call.valuesIn(),
                    call.lastSegments(),
                    call.outputStart(),
                    call.output(),
                    call.families(),
                    call.misalignedAccesses(),
                    call.outcome(),
                    call.exitCode());
            RiscvTables tables = new RiscvTables(program);
            assertThrows(ReplayException.class, () -> tables.trace(forged));
        }
    }

    @Test
    void whatACallCosts() {
        Map<String, List<Integer>> cost = IntStream.range(0, AcceleratorChips.ALL.size())
                .boxed()
                .collect(Collectors.toMap(i -> AcceleratorChips.ALL.get(i).name(), i -> {
                    ChipDescription chip = chip(i);
                    return List.of(
                            AcceleratorChips.ALL.get(i).rowsPerCall(),
                            chip.mainWidth(),
                            chip.interactions().size());
                }));
        assertEquals(
                Map.of(
                        "keccak", List.of(1, 253, 105),
                        "keccak-round", List.of(24, 2257, 5),
                        "sha-256", List.of(1, 140, 103),
                        "sha-256-rounds", List.of(8, 1308, 3)),
                cost);
        for (Accelerator accelerator : Accelerator.values()) {
            int cells = IntStream.range(0, AcceleratorChips.ALL.size())
                    .filter(i -> AcceleratorChips.ALL.get(i).accelerator() == accelerator)
                    .map(i -> AcceleratorChips.ALL.get(i).rowsPerCall() * chip(i).mainWidth())
                    .sum();
            // An instruction has 33 to 36 cells; see Accelerator.weight.
            assertTrue(
                    cells <= 36 * accelerator.weight() && cells >= 33 * accelerator.weight(),
                    () -> accelerator + ": " + cells);
        }
    }

    @Test
    void degrees() {
        for (int i = 0; i < AcceleratorChips.ALL.size(); i++) {
            assertTrue(chip(i).degree() <= 3);
            assertTrue(chip(i).preprocessedColumns().isEmpty());
        }
    }

    private static ChipDescription chip(int accelerator) {
        return ChipRuns.CHIPS.get(InstructionChips.ALL.size() + accelerator);
    }
}
