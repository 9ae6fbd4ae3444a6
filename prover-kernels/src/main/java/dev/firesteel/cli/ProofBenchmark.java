package dev.firesteel.cli;

import dev.firesteel.air.Trace;
import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Kernels;
import dev.firesteel.hash.Hashes;
import dev.firesteel.machine.Machine;
import dev.firesteel.machine.Prover;
import dev.firesteel.machine.ProvingKey;
import dev.firesteel.machine.Verifier;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Proofs of one instance of an example machine, each verified and measured. */
final class ProofBenchmark {
    private final Instance instance;
    private final Prover prover;
    private final Verifier verifier;
    private final Report head;

    /**
     * What was measured; the names are those of the JSON.
     *
     * @param bits of security that the preset claims; 0 for an insecure one
     * @param cells committed main cells, padding of tables included
     */
    record Report(
            String machine,
            int logRows,
            long cells,
            int threads,
            String preset,
            int bits,
            String kernels,
            String jdk,
            double traceSeconds,
            double setupSeconds,
            List<Run> runs) {
        Run best() {
            return runs.stream().min(Comparator.comparingDouble(Run::seconds)).orElseThrow();
        }
    }

    /** One proof. */
    record Run(
            double seconds,
            double cpuSeconds,
            Map<String, Double> phases,
            double verifySeconds,
            long proofBytes,
            long allocatedBytes,
            long peakHeapBytes) {}

    ProofBenchmark(ExampleMachine machine, int logRows, SecurityPreset preset, Parallel parallel) {
        long start = System.nanoTime();
        this.instance = machine.instance(logRows, 1);
        long made = System.nanoTime();
        int highest = instance.main().stream().mapToInt(Trace::logHeight).max().orElse(0);
        ProvingKey key = ProvingKey.setup(
                preset,
                Machine.of(machine.name(), machine.chips()),
                Math.max(0, highest),
                instance.preprocessed(),
                parallel);
        this.prover = new Prover(key, parallel);
        this.verifier =
                preset.secure() ? new Verifier(key.verifyingKey()) : Verifier.allowingInsecure(key.verifyingKey());
        this.head = new Report(
                machine.name(),
                logRows,
                instance.main().stream()
                        .mapToLong(t -> (long) t.height() * t.width())
                        .sum(),
                parallel.threads(),
                preset.label(),
                preset.bits(),
                Kernels.get().name() + ", " + Hashes.get().name(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                (made - start) / 1e9,
                (System.nanoTime() - made) / 1e9,
                List.of());
    }

    /** Makes so many proofs; throws {@link IllegalStateException} when one does not verify. */
    Report run(int repetitions) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            runs.add(once());
        }
        return new Report(
                head.machine,
                head.logRows,
                head.cells,
                head.threads,
                head.preset,
                head.bits,
                head.kernels,
                head.jdk,
                head.traceSeconds,
                head.setupSeconds,
                List.copyOf(runs));
    }

    private Run once() {
        Map<String, Double> phases = new LinkedHashMap<>();
        Meter meter = Meter.begin();
        byte[] proof = prover.prove(
                instance.main(), instance.messages(), (phase, nanos) -> phases.merge(phase, nanos / 1e9, Double::sum));
        Meter.Reading used = meter.read();
        long verifying = System.nanoTime();
        try {
            verifier.verify(instance.messages(), proof);
        } catch (VerificationException e) {
            throw new IllegalStateException("the proof is not accepted (" + e.getMessage() + "); please report it", e);
        }
        return new Run(
                used.seconds(),
                used.cpuSeconds(),
                phases,
                (System.nanoTime() - verifying) / 1e9,
                proof.length,
                used.allocatedBytes(),
                used.peakHeapBytes());
    }
}
