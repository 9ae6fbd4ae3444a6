package dev.firesteel.chips;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.air.Violation;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.oracle.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Programs executed, cut into segments, and filled into instruction tables whose constraints and buses are checked without proving. */
final class ChipRuns {
    /** The instruction chips, behind them the accelerators'. */
    static final List<ChipDescription> CHIPS = Stream.concat(
                    InstructionChips.ALL.stream(), AcceleratorChips.ALL.stream())
            .map(ChipDescription::of)
            .toList();

    private ChipRuns() {}

    /** The filled tables of a segment, a trace per chip of {@link #CHIPS}. */
    record Filled(ProgramRows program, RegionRows regions, SegmentTrace trace, List<Trace> tables) {

        /** What is wrong with {@code changed} in place of the tables, at most {@code most} things. */
        List<Violation> violations(List<Trace> changed, int most) {
            TraceChecker checker = new TraceChecker(most);
            LookupCounts counts = new LookupCounts(program, regions);
            try (Parallel parallel = new Parallel(1)) {
                for (int i = 0; i < changed.size(); i++) {
                    checker.table(CHIPS.get(i), null, changed.get(i));
                    counts.add(CHIPS.get(i), changed.get(i), parallel);
                }
            }
            answer(checker, Buses.RANGE, RangeChip.trace(), counts.range(), 0, 2);
            answer(checker, Buses.BYTES, ByteChip.trace(), counts.bytes(), 0, 2);
            answer(checker, Buses.AND, ByteChip.trace(), counts.bytes(), 1, 3);
            Trace fixed = program.trace();
            answer(checker, Buses.PROGRAM, fixed, counts.program(fixed.height()), 0, ProgramRows.FIELDS);
            Trace keccak = KeccakConstantsChip.trace();
            answer(checker, Buses.KECCAK_ROUND, keccak, counts.keccakConstants(keccak.height()), 0, keccak.width());
            Trace sha256 = Sha256ConstantsChip.trace();
            answer(checker, Buses.SHA256_ROUND, sha256, counts.sha256Constants(sha256.height()), 0, sha256.width());
            statement(checker);
            return checker.violations();
        }

        /** What is wrong with the tables. */
        List<Violation> violations() {
            return violations(tables, 20);
        }

        /** What a boundary table and the verifier would send and receive. */
        private void statement(TraceChecker checker) {
            Segment segment = trace.segment();
            long endPc = segment.endPc() >>> 2;
            boolean halted = segment.last() && segment.outcome() == dev.firesteel.riscv.Outcome.HALTED;
            message(checker, Buses.STATE, 1, Buses.FIRST_CLOCK, segment.startPc() >>> 2);
            message(checker, Buses.STATE, -1, trace.endClock(), halted ? Buses.HALTED : endPc);
            for (int i = 0; i < Buses.REGISTER_COUNT; i++) {
                word(checker, Buses.REGISTERS + i, trace.registerIn(i), trace.registerOut(i), trace.registerClock(i));
            }
            for (int i = 0; i < segment.addresses().length; i++) {
                word(
                        checker,
                        segment.addresses()[i] >>> 3,
                        segment.valuesIn()[i],
                        trace.valuesOut()[i],
                        trace.wordClocks()[i]);
            }
            byte[] output = segment.output();
            for (int i = 0; i < output.length; i++) {
                message(checker, Buses.OUTPUT, -1, segment.outputStart() + i, output[i] & 0xFF);
            }
            if (halted) {
                message(checker, Buses.HALT, -1, segment.exitCode() & 0xFFFF, segment.exitCode() >>> 16);
            }
        }

        private static void word(TraceChecker checker, long address, long in, long out, int clock) {
            message(checker, Buses.MEMORY, 1, address, limb(in, 0), limb(in, 1), limb(in, 2), limb(in, 3), 0);
            message(checker, Buses.MEMORY, -1, address, limb(out, 0), limb(out, 1), limb(out, 2), limb(out, 3), clock);
        }

        private static long limb(long value, int i) {
            return value >>> 16 * i & 0xFFFF;
        }
    }

    private static void answer(TraceChecker checker, Bus bus, Trace fixed, Trace counts, int column, int width) {
        for (int row = 0; row < counts.height(); row++) {
            int count = counts.get(row, column);
            if (count != KoalaBear.ZERO) {
                List<Integer> fields = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    fields.add(fixed.get(row, i));
                }
                checker.message(bus, KoalaBear.neg(count), fields);
            }
        }
    }

    private static void message(TraceChecker checker, Bus bus, int multiplicity, long... fields) {
        checker.message(
                bus,
                KoalaBear.fromCanonical(multiplicity),
                Arrays.stream(fields).mapToObj(KoalaBear::fromCanonical).toList());
    }

    /** All segments of a run without input, of at most {@code cycles} cycles. */
    static List<Filled> fill(Assembler program, long cycles) {
        return fill(Runs.load(program.elf()), new byte[0], cycles);
    }

    /** All segments of a run, of at most {@code cycles} cycles. */
    static List<Filled> fill(Program program, byte[] input, long cycles) {
        ProgramRows rows = new ProgramRows(program);
        List<Segment> segments = Runs.run(
                        program, input, ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(cycles)), true)
                .segments();
        return segments.stream().map(s -> fill(program, rows, s)).toList();
    }

    private static Filled fill(Program program, ProgramRows rows, Segment segment) {
        SegmentTrace trace = new SegmentTrace(program, rows, segment);
        List<Trace> tables = new ArrayList<>();
        try (Parallel parallel = new Parallel(1)) {
            for (int i = 0; i < InstructionChips.ALL.size(); i++) {
                tables.add(TableFiller.fill(InstructionChips.ALL.get(i), trace.log(i), parallel));
            }
            for (AcceleratorChip chip : AcceleratorChips.ALL) {
                tables.add(TableFiller.fill(chip, trace.calls(chip.accelerator()), parallel));
            }
        }
        return new Filled(rows, new RegionRows(program), trace, tables);
    }
}
