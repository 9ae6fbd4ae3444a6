package dev.firesteel.jobs.execute;

import dev.firesteel.chips.RunCost;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.tasks.AttemptFailed;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Failure;
import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.jobs.tasks.Measures;
import dev.firesteel.jobs.tasks.Piece;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import dev.firesteel.schemas.Segment;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Executes one unit within a Spark task: hands its segment rows on as they are cut, then its result to the driver. */
record UnitTask(
        List<Unit> units,
        Broadcast<Map<String, byte[]>> elfs,
        ExecutionParameters parameters,
        String codeVersion,
        String runId,
        int maxAttempts,
        CollectionAccumulator<UnitResult> results,
        LongAccumulator cycles)
        implements Serializable {

    /** Three segments, the file that is being written, and the guest memory of a small guest. */
    private static final long BASE_BYTES = 96L << 20;

    /**
     * What a task executes.
     *
     * @param programName for names of threads and profiles
     * @param touchedWords of an earlier execution, 0 when there was none
     */
    record Unit(
            String requestId,
            String programHash,
            String programName,
            String inputHash,
            long inputBytes,
            long touchedWords)
            implements Piece {
        @Override
        public int segmentIndex() {
            return WHOLE;
        }
    }

    /** The segment rows of unit {@code index}, whose input is the one element of {@code inputs}. */
    Iterator<Row> run(int index, Iterator<byte[]> inputs) {
        if (!inputs.hasNext()) {
            throw new IllegalStateException("the witness no longer holds request '"
                    + units.get(index).requestId() + "'; was it changed while the job ran?");
        }
        Attempt attempt = new Attempt(index);
        try {
            attempt.start(inputs.next());
        } catch (ElfException | InterruptedException | RuntimeException | Error e) {
            attempt.fail(e);
            return Collections.emptyIterator();
        }
        return attempt;
    }

    /** One attempt at one unit: the iterator that Delta's writer pulls. */
    private final class Attempt implements Iterator<Row> {
        private final int index;
        private final Unit unit;
        private final TaskContext context = TaskContext.get();
        private final RowCodec<Segment> codec = RowCodec.of("segments", Segment.class);
        private final String parametersHash = parameters.hash();
        private final long begin = System.nanoTime();
        private SegmentStream stream;
        private RunCost cost;
        private boolean ended;

        private Attempt(int index) {
            this.index = index;
            this.unit = units.get(index);
        }

        private void start(byte[] input) throws ElfException, InterruptedException {
            Program program = Program.load(elfs.value().get(unit.programHash), unit.programName);
            HeapGate.Pass pass = HeapGate.ofJvm().enter(heap(input, program));
            context.addTaskCompletionListener(c -> {
                if (stream != null) {
                    stream.close();
                }
                pass.close();
            });
            cost = new RunCost(program);
            stream = new SegmentStream(program, input, parameters.options(), context::killTaskIfInterrupted);
        }

        @Override
        public boolean hasNext() {
            if (ended) {
                return false;
            }
            try {
                if (stream.hasNext()) {
                    return true;
                }
            } catch (RuntimeException | Error e) {
                fail(e);
                return false;
            }
            ended = true;
            results.add(result(UnitResult.End.of(stream.result(), cost), null));
            return false;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            dev.firesteel.riscv.Segment segment = stream.next();
            cycles.add(segment.cycles());
            return codec.toRow(SegmentRows.toRow(
                    segment, cost.add(segment), unit.programHash, unit.inputHash, parametersHash, codeVersion, runId));
        }

        /** Ends the attempt: thrown while Spark would try again, else handed to the driver so that others go on. */
        private void fail(Throwable e) {
            ended = true;
            if (context.isInterrupted()) {
                throw new java.util.concurrent.CancellationException("the task was cancelled");
            }
            Failure failure = Failure.of(e);
            if (failure.retryable() && context.attemptNumber() + 1 < maxAttempts) {
                throw new AttemptFailed(unit.requestId, failure, Measures.NONE, e);
            }
            results.add(result(null, failure));
        }

        /** Bytes: the input as given and in guest memory; words of guest memory and their stamps. */
        private long heap(byte[] input, Program program) {
            return BASE_BYTES + 2L * input.length + program.imageBytes() + 2 * 8 * unit.touchedWords;
        }

        private UnitResult result(UnitResult.End end, Failure failure) {
            return new UnitResult(index, Ended.now(begin, failure, Measures.NONE), end);
        }
    }
}
