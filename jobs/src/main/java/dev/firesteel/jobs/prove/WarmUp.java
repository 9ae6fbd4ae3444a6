package dev.firesteel.jobs.prove;

import dev.firesteel.cli.Messages;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.hash.Transcript;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentProver;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Proves the first cycles of a program on no input, and throws the proof away: the JVM compiles the prover while the executor has nothing else to do.
 *
 * @param threads of the prover
 */
record WarmUp(int threads) {
    private static final Logger LOG = LogManager.getLogger(WarmUp.class);
    private static final int CYCLES = 1 << 12;

    /** How long it took, milliseconds; null when it did not work, which changes nothing but the time of the first proof. */
    Double prove(Program program, ProgramSetup setup) {
        long begin = System.nanoTime();
        try (ProverSlot slot = ProverSlot.enter(ProverMemory.toProve(CYCLES, CYCLES), threads)) {
            List<Segment> segments = new ArrayList<>();
            Emulator.execute(
                    program,
                    new byte[0],
                    ExecutionOptions.defaults().withMaxCycles(CYCLES).withLimits(SegmentLimits.ofCycles(CYCLES)),
                    segments::add);
            SegmentProver prover = new SegmentProver(setup, slot.parallel(), slot.memory());
            SegmentProver.Executed executed = prover.execute(segments.get(0));
            RunWords words = RunWords.none().then(executed.words());
            prover.prove(prover.commit(executed, words), challenge(), (phase, nanos) -> {});
            slot.keepMemory();
            return (System.nanoTime() - begin) / 1e6;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (Exception e) {
            LOG.info("program {}: no warm-up: {}", program.name(), Messages.firstLine(e));
            return null;
        }
    }

    /** Nobody verifies the proof: any will do. */
    private static GlobalChallenge challenge() {
        int[] elements = new Transcript("firesteel/warm-up/1").sampleElements("challenge", 2 * Ext5.DEGREE);
        return new GlobalChallenge(Ext.of(elements, 0), Ext.of(elements, Ext5.DEGREE));
    }
}
