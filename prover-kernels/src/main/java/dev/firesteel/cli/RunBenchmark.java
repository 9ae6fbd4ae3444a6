package dev.firesteel.cli;

import dev.firesteel.chips.RunCost;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proofs of runs of one guest, each as long as one segment can be, each verified and measured. */
final class RunBenchmark {
    /** A guest of which no input gives more than this is not made for benchmarks. */
    private static final int MOST = 1 << 28;

    private final Workload workload;
    private final Program program;
    private final ProgramSetup setup;
    private final double setupSeconds;
    private final RunProver prover;
    private final RunVerifier verifier;

    /**
     * What was measured of one size; the names are those of the JSON.
     *
     * @param kind what the guest is heavy on
     * @param segmentCycles the limit; the run is the longest that fits
     * @param cells committed main cells, padding of tables included
     * @param cost by the cost metric, known before anything was proved
     * @param setupSeconds time for the program's keys, once for all sizes
     */
    record Report(
            String guest,
            String kind,
            long segmentCycles,
            long cycles,
            long cells,
            long cost,
            double setupSeconds,
            List<Run> runs) {
        Run best() {
            return runs.stream().min(Comparator.comparingDouble(Run::seconds)).orElseThrow();
        }

        /** Seconds; of an even number of proofs the mean of the middle two. */
        double medianSeconds() {
            double[] sorted = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
            int n = sorted.length;
            return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        }
    }

    /**
     * One proof of a run.
     *
     * @param phases seconds by phase; what is left of the whole is "other": executing and committing boundaries before the challenge
     * @param peakProcessBytes most memory of the process so far; null where the operating system does not say
     */
    record Run(
            double seconds,
            double cpuSeconds,
            Map<String, Double> phases,
            double verifySeconds,
            long proofBytes,
            long allocatedBytes,
            long peakHeapBytes,
            Long peakProcessBytes) {}

    private record Sized(List<Segment> segments, long cycles, long cost) {}

    RunBenchmark(Workload workload, Program program, SecurityPreset preset, Parallel parallel) {
        this.workload = workload;
        this.program = program;
        long start = System.nanoTime();
        this.setup = ProgramSetup.of(program, preset, parallel);
        this.setupSeconds = (System.nanoTime() - start) / 1e9;
        this.prover = new RunProver(setup, parallel);
        this.verifier =
                preset.secure() ? RunVerifier.of(setup.programKey()) : RunVerifier.allowingInsecure(setup.programKey());
    }

    /**
     * Proves the longest run that one segment of so many cycles holds.
     *
     * @param warmUps proofs that are made first and not measured
     * @throws UserException when no run is that short
     * @throws IllegalStateException when a proof does not verify
     */
    Report run(long segmentCycles, int warmUps, int repetitions) {
        Sized sized = longest(segmentCycles);
        long cells = 0;
        List<Run> runs = new ArrayList<>();
        for (int i = -warmUps; i < repetitions; i++) {
            Map<String, Double> phases = new LinkedHashMap<>();
            Meter meter = Meter.begin();
            RunProver.Proved proved = prove(sized, phases);
            Meter.Reading used = meter.read();
            phases.put(
                    "other",
                    used.seconds()
                            - phases.values().stream().mapToDouble(s -> s).sum());
            long verifying = System.nanoTime();
            verify(sized, proved.bytes());
            if (i >= 0) {
                runs.add(new Run(
                        used.seconds(),
                        used.cpuSeconds(),
                        phases,
                        (System.nanoTime() - verifying) / 1e9,
                        proved.bytes().length,
                        used.allocatedBytes(),
                        used.peakHeapBytes(),
                        Meter.peakProcessBytes()));
            }
            cells = proved.committedCells();
        }
        return new Report(
                workload.guest(),
                workload.name().toLowerCase(java.util.Locale.ROOT),
                segmentCycles,
                sized.cycles,
                cells,
                sized.cost,
                setupSeconds,
                List.copyOf(runs));
    }

    private RunProver.Proved prove(Sized sized, Map<String, Double> phases) {
        try {
            return prover.proved(sized.segments, (phase, nanos) -> phases.merge(phase, nanos / 1e9, Double::sum));
        } catch (RunProver.NotProvableException e) {
            throw new IllegalStateException("a run that halted in one segment is always provable", e);
        }
    }

    private void verify(Sized sized, byte[] proof) {
        try {
            verifier.verify(RunProver.statement(sized.segments), proof);
        } catch (VerificationException e) {
            throw new IllegalStateException("the proof is not accepted (" + e.getMessage() + "); please report it", e);
        }
    }

    /** The run on the largest input that fits into one segment. */
    private Sized longest(long segmentCycles) {
        Sized best = execute(1, segmentCycles);
        if (best == null) {
            throw new UserException(workload.guest() + ": no run ends within " + segmentCycles
                    + " cycles; give a greater --segment-cycles");
        }
        int fits = 1;
        int tooLarge = 2;
        for (Sized next; tooLarge < MOST && (next = execute(tooLarge, segmentCycles)) != null; tooLarge *= 2) {
            fits = tooLarge;
            best = next;
        }
        while (tooLarge - fits > 1) {
            int middle = (fits + tooLarge) / 2;
            Sized next = execute(middle, segmentCycles);
            if (next == null) {
                tooLarge = middle;
            } else {
                fits = middle;
                best = next;
            }
        }
        return best;
    }

    /** The run on the input of a size; null when it does not halt within one segment. */
    private Sized execute(int size, long segmentCycles) {
        List<Segment> segments = new ArrayList<>();
        SegmentLimits limits = SegmentLimits.ofCycles(segmentCycles);
        ExecutionOptions options = new ExecutionOptions(
                segmentCycles + 1,
                ExecutionOptions.DEFAULT_MAX_MEMORY_BYTES,
                limits,
                false,
                dev.firesteel.riscv.Engine.AUTO);
        ExecutionResult result;
        try {
            result = Emulator.execute(program, workload.input(size), options, segments::add);
        } catch (InputTooLargeException e) {
            return null;
        }
        if (!result.success() || segments.size() > 1) {
            return null;
        }
        RunCost cost = new RunCost(program);
        segments.forEach(cost::add);
        return new Sized(
                segments,
                result.statistics().cycles(),
                cost.total(result.statistics().touchedWords()));
    }
}
