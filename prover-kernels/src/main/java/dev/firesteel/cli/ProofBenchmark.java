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
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
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
        System.gc();
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP)
                .toList();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        Map<String, Double> phases = new LinkedHashMap<>();
        long allocated = allocated();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        byte[] proof = prover.prove(
                instance.main(), instance.messages(), (phase, nanos) -> phases.merge(phase, nanos / 1e9, Double::sum));
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        long bytes = allocated() - allocated;
        long peak = pools.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum();
        long verifying = System.nanoTime();
        try {
            verifier.verify(instance.messages(), proof);
        } catch (VerificationException e) {
            throw new IllegalStateException("the proof is not accepted (" + e.getMessage() + "); please report it", e);
        }
        return new Run(seconds, cpuSeconds, phases, (System.nanoTime() - verifying) / 1e9, proof.length, bytes, peak);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    /** What living threads have allocated; the prover's own live longer than a proof. */
    private static long allocated() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            return 0;
        }
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
