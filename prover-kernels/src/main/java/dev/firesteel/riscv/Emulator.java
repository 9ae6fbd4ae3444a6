package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.Engines;
import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.Runner;
import dev.firesteel.riscv.vm.TouchListener;
import dev.firesteel.riscv.vm.TouchLog;
import java.util.Map;
import java.util.TreeMap;

/** Executes guest programs as {@code docs/machine.md} says. */
public final class Emulator {
    private final Machine machine;
    private final Interpreter interpreter;
    private final Runner runner;
    private final ExecutionOptions options;
    private final SegmentSink sink;
    private final Segmenter segmenter;
    private final ProfileCollector profiler;
    private int segmentCount;

    private Emulator(Program program, byte[] input, ExecutionOptions options, SegmentSink sink) {
        TouchLog log = new TouchLog();
        Memory memory = new Memory(
                new InitialMemory(program.segments(), input),
                sink == null ? TouchListener.NONE : log,
                options.maxMemoryBytes());
        this.machine = new Machine(memory, program.entry());
        this.interpreter = new Interpreter(program.code());
        this.runner = Engines.create(options.engine(), program, options.profile());
        this.options = options;
        this.sink = sink;
        this.segmenter = new Segmenter(machine, log, options.limits());
        this.profiler = options.profile() ? new ProfileCollector(program) : null;
        machine.setCalls(profiler);
        if (sink != null) {
            machine.pauseBehindAccelerators();
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param program what to run
     * @param input the private input; not copied, must not change during the run
     * @param options limits and engine
     * @param sink takes the segments in order, on this thread; null when none are wanted, which saves their cost
     * @throws InputTooLargeException when the input does not fit in the input region
     */
    public static ExecutionResult execute(Program program, byte[] input, ExecutionOptions options, SegmentSink sink)
            throws InputTooLargeException {
        if (input.length > AddressSpace.MAX_INPUT_BYTES) {
            throw new InputTooLargeException(input.length);
        }
        return new Emulator(program, input, options, sink).run();
    }

    private ExecutionResult run() {
        long begin = System.nanoTime();
        while (machine.running() && machine.cycles < options.maxCycles()) {
            long budget = options.maxCycles() - machine.cycles;
            if (sink != null) {
                budget = Math.min(budget, segmenter.budget());
                if (budget == 0) {
                    cut();
                    continue;
                }
            }
            long done = runner.run(machine, budget);
            if (done < budget && machine.proceeds()) {
                interpreter.run(machine, budget - done);
            }
            machine.resume();
        }
        if (machine.running()) {
            machine.stopAtLimit();
        }
        if (sink != null && segmenter.cycles() > 0) {
            deliver(segmenter.close());
        }
        return result(System.nanoTime() - begin);
    }

    /**
     * Ends the segment. Whether it was the last one is only known once the next instruction has completed: if that traps, there is
     * no next segment, for a segment is never empty.
     */
    private void cut() {
        Segment closed = segmenter.close();
        interpreter.run(machine, 1);
        machine.resume();
        if (segmenter.cycles() == 0) {
            deliver(closed.endingIn(machine.outcome()));
        } else {
            deliver(closed);
        }
    }

    private void deliver(Segment segment) {
        segmentCount++;
        sink.accept(segment);
    }

    private ExecutionResult result(long nanos) {
        Map<String, Long> acceleratorCalls = new TreeMap<>();
        for (Accelerator accelerator : Accelerator.values()) {
            long calls = machine.acceleratorCalls(accelerator);
            if (calls > 0) {
                acceleratorCalls.put(accelerator.name(), calls);
            }
        }
        ExecutionStatistics statistics = new ExecutionStatistics(
                machine.cycles,
                nanos,
                machine.memory.misaligned(),
                machine.memory.touchedEver(),
                segmenter.familiesOfRun(),
                acceleratorCalls);
        return new ExecutionResult(
                machine.outcome(),
                machine.outcome() == Outcome.HALTED ? machine.exitCode() : 0,
                machine.trap(),
                machine.pc,
                machine.output().from(0),
                statistics,
                segmentCount,
                profiler == null ? null : profiler.finish(machine.cycles));
    }
}
