package dev.firesteel.jobs.execute;

import dev.firesteel.riscv.InstructionFamily;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.SegmentCodec;
import dev.firesteel.riscv.SegmentCodecException;
import dev.firesteel.riscv.SegmentMemory;
import dev.firesteel.schemas.Segment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Segments as the emulator makes them, from and to rows of {@code segments}. */
public final class SegmentRows {
    private SegmentRows() {}

    /** The row of {@code segment}, which costs so much, under the key of its execution. */
    public static Segment toRow(
            dev.firesteel.riscv.Segment segment,
            long cost,
            String programHash,
            String inputHash,
            String parametersHash,
            String codeVersion,
            String runId) {
        boolean halted = segment.outcome() == Outcome.HALTED;
        return new Segment(
                programHash,
                inputHash,
                parametersHash,
                codeVersion,
                segment.index(),
                segment.last(),
                segment.startCycle(),
                segment.cycles(),
                segment.startPc(),
                segment.endPc(),
                boxed(segment.startRegisters()),
                boxed(segment.endRegisters()),
                segment.addresses().length,
                SegmentCodec.encodeMemory(segment),
                segment.outputStart(),
                segment.output(),
                families(segment.families()),
                segment.misalignedAccesses(),
                cost,
                segment.outcome() == null ? null : outcome(segment.outcome()),
                halted ? segment.exitCode() : null,
                runId);
    }

    /**
     * The segment that {@code row} holds.
     *
     * @throws SegmentCodecException when its memory is not what the codec writes
     */
    public static dev.firesteel.riscv.Segment fromRow(Segment row) throws SegmentCodecException {
        SegmentMemory memory = SegmentCodec.decodeMemory(row.memoryIn());
        Map<InstructionFamily, Long> families = new EnumMap<>(InstructionFamily.class);
        for (InstructionFamily family : InstructionFamily.values()) {
            families.put(family, row.familyCounts().getOrDefault(name(family), 0L));
        }
        return new dev.firesteel.riscv.Segment(
                row.segmentIndex(),
                row.isLast(),
                row.startCycle(),
                row.cycles(),
                row.startPc(),
                row.endPc(),
                unboxed(row.startRegisters()),
                unboxed(row.endRegisters()),
                memory.addresses(),
                memory.valuesIn(),
                memory.lastSegments(),
                row.outputStart(),
                row.output(),
                families,
                row.misalignedAccesses(),
                row.outcome() == null ? null : Outcome.valueOf(row.outcome().toUpperCase(Locale.ROOT)),
                row.exitCode() == null ? 0 : row.exitCode());
    }

    /** Counts by name in the order of names, families that do not occur left out. */
    static Map<String, Long> families(Map<InstructionFamily, Long> counts) {
        Map<String, Long> named = new TreeMap<>();
        counts.forEach((family, count) -> {
            if (count > 0) {
                named.put(name(family), count);
            }
        });
        return named;
    }

    static String outcome(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String name(InstructionFamily family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static long[] unboxed(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
