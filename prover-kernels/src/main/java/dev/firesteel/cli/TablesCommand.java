package dev.firesteel.cli;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.chips.CostMetric;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.RunCost;
import dev.firesteel.chips.SegmentTrace;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the tables of RISC-V and what a run needs of each. */
@Command(
        name = "tables",
        description = "Show the tables that prove RISC-V, and what a run of a program needs of each.",
        footer = {
            "",
            "Cells are main columns times rows, before heights are rounded up to powers of two; messages likewise. Lookup",
            "tables have the same height in every segment and are not counted. Weight is what a row costs by the cost metric,",
            "and the cost is that of all tables as they are committed, lookup tables and rounding up included: what 'exec'",
            "tells before anything is proved (docs/cost-metric.md).",
            "",
            "Examples:",
            "  local tables",
            "  local tables fibonacci.elf --input n.bin"
        })
final class TablesCommand extends LocalCommand {
    @Parameters(paramLabel = "PROGRAM.elf", arity = "0..1", description = "A static RV64IM ELF to run.")
    private Path program;

    @Option(names = "--input", paramLabel = "FILE", description = "The private input; none is the empty input.")
    private Path input;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            description = "Cut the run into segments of at most N cycles. Default: 2^20.",
            defaultValue = "" + SegmentLimits.DEFAULT_CYCLES)
    private long segmentCycles;

    private long cycles;
    private long cost;

    @Override
    int execute() {
        if (segmentCycles < 1 || segmentCycles > SegmentLimits.DEFAULT_CYCLES) {
            throw usage("--segment-cycles is " + segmentCycles + ", not within 1 and " + SegmentLimits.DEFAULT_CYCLES);
        }
        List<ChipDescription> chips = RiscvTables.descriptions();
        List<CostMetric.Weight> weights = CostMetric.weights();
        long[] rows = program == null ? new long[chips.size()] : rows(chips.size());
        out().printf("%-18s %8s %8s %12s %6s %7s", "table", "columns", "messages", "constraints", "degree", "weight");
        out().println(program == null ? "" : String.format(" %12s %14s %14s", "rows", "cells", "messages sent"));
        long cells = 0;
        long messages = 0;
        for (int i = 0; i < rows.length; i++) {
            ChipDescription chip = chips.get(i);
            out().printf(
                            Locale.ROOT,
                            "%-18s %8d %8d %12d %6d %7d",
                            chip.name(),
                            chip.mainWidth(),
                            chip.interactions().size(),
                            chip.constraints().size(),
                            chip.degree(),
                            weights.get(i).work());
            long chipCells = rows[i] * chip.mainWidth();
            long chipMessages = rows[i] * chip.interactions().size();
            cells += chipCells;
            messages += chipMessages;
            out().println(
                            program == null
                                    ? ""
                                    : String.format(Locale.ROOT, " %12d %14d %14d", rows[i], chipCells, chipMessages));
        }
        if (program != null) {
            out().printf(
                            Locale.ROOT,
                            "%d cycles: %.1f cells and %.1f messages per cycle%n",
                            cycles,
                            (double) cells / cycles,
                            (double) messages / cycles);
            out().printf(
                            Locale.ROOT,
                            "cost %d, %.1f per cycle (%s)%n",
                            cost,
                            (double) cost / cycles,
                            CostMetric.VERSION);
        }
        return CommandLine.ExitCode.OK;
    }

    private long[] rows(int tables) {
        Program loaded = Programs.load(program);
        byte[] bytes = input == null ? new byte[0] : CommandFiles.read(input, "input");
        RiscvTables riscv = new RiscvTables(loaded);
        RunCost runCost = new RunCost(loaded);
        long[] rows = new long[tables];
        ExecutionResult result;
        try {
            result = Emulator.execute(
                    loaded,
                    bytes,
                    ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(segmentCycles)),
                    segment -> {
                        SegmentTrace trace = riscv.trace(segment);
                        long[] some = RiscvTables.rows(trace);
                        for (int i = 0; i < rows.length; i++) {
                            rows[i] += some[i];
                        }
                        cycles += segment.cycles();
                        runCost.add(segment);
                    });
        } catch (InputTooLargeException e) {
            throw new UserException(input + ": " + e.getMessage(), e);
        }
        if (cycles == 0) {
            throw new UserException(program + ": the guest traps at its first instruction; there is nothing to count");
        }
        long touchedWords = result.statistics().touchedWords();
        rows[RiscvTables.firstLast()] = RiscvTables.firstLastRows(touchedWords);
        cost = runCost.total(touchedWords);
        return rows;
    }
}
