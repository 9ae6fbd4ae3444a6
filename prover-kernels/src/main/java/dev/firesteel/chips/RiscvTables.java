package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All tables of one program's segments, in the order in which the machine has them. Immutable. */
public final class RiscvTables {
    /** Name of the chip that only the first segment of a run has rows of. */
    public static final String FIRST_LAST = new FirstLastChip().name();

    static final int PROGRAM = 0;
    static final int RANGE = 1;
    static final int BYTE = 2;
    static final int IMAGE = 3;
    static final int REGION = 4;
    static final int KECCAK_CONSTANTS = 5;
    static final int SHA256_CONSTANTS = 6;
    static final int BOUNDARY = 7;
    static final int FIRST_LAST_TABLE = 8;
    static final int INSTRUCTIONS = 9;
    static final int ACCELERATORS = INSTRUCTIONS + InstructionChips.ALL.size();

    private static final List<Chip> CHIPS = chips();
    private static final List<ChipDescription> DESCRIPTIONS =
            CHIPS.stream().map(ChipDescription::of).toList();

    private final Program program;
    private final ProgramRows rows;
    private final RegionRows regions;
    private final List<Trace> preprocessed;

    /** The tables of {@code program}. */
    public RiscvTables(Program program) {
        this.program = program;
        this.rows = new ProgramRows(program);
        this.regions = new RegionRows(program);
        List<Trace> fixed = new ArrayList<>(Collections.nCopies(CHIPS.size(), null));
        fixed.set(PROGRAM, rows.trace());
        fixed.set(RANGE, RangeChip.trace());
        fixed.set(BYTE, ByteChip.trace());
        fixed.set(IMAGE, regions.imageTrace());
        fixed.set(REGION, regions.regionTrace());
        fixed.set(KECCAK_CONSTANTS, KeccakConstantsChip.trace());
        fixed.set(SHA256_CONSTANTS, Sha256ConstantsChip.trace());
        this.preprocessed = Collections.unmodifiableList(fixed);
    }

    private static List<Chip> chips() {
        List<Chip> chips = new ArrayList<>();
        chips.add(new ProgramChip());
        chips.add(new RangeChip());
        chips.add(new ByteChip());
        chips.add(new ImageChip());
        chips.add(new RegionChip());
        chips.add(new KeccakConstantsChip());
        chips.add(new Sha256ConstantsChip());
        chips.add(new BoundaryChip());
        chips.add(new FirstLastChip());
        chips.addAll(InstructionChips.ALL);
        chips.addAll(AcceleratorChips.ALL);
        return List.copyOf(chips);
    }

    /** The chips, which are the same for every program. */
    public static List<ChipDescription> descriptions() {
        return DESCRIPTIONS;
    }

    /** The program. */
    public Program program() {
        return program;
    }

    /** A trace per chip, null for chips without preprocessed columns: what the program's key fixes. */
    public List<Trace> preprocessed() {
        return preprocessed;
    }

    /** Executes a segment of the program; see {@link SegmentTrace}. */
    public SegmentTrace trace(Segment segment) {
        return new SegmentTrace(program, rows, segment);
    }

    /**
     * The boundary tables of a segment, null for all other chips.
     *
     * @param words all words of the run, by address, for the first segment; of no rows for others
     * @throws IllegalArgumentException when a word is one of no memory
     */
    public List<Trace> boundary(SegmentTrace trace, List<FirstLastChip.Word> words) {
        List<Trace> main = new ArrayList<>(Collections.nCopies(CHIPS.size(), null));
        main.set(BOUNDARY, BoundaryChip.fill(trace));
        main.set(FIRST_LAST_TABLE, FirstLastChip.fill(regions, words));
        return main;
    }

    /**
     * All main tables of a segment, a trace per chip.
     *
     * @param boundary of the same segment, from {@link #boundary}
     */
    public List<Trace> fill(SegmentTrace trace, List<Trace> boundary, Parallel parallel) {
        List<Trace> main = new ArrayList<>(boundary);
        LookupCounts counts = new LookupCounts(rows, regions);
        for (int i = 0; i < InstructionChips.ALL.size(); i++) {
            main.set(INSTRUCTIONS + i, TableFiller.fill(InstructionChips.ALL.get(i), trace.log(i), parallel));
        }
        for (int i = 0; i < AcceleratorChips.ALL.size(); i++) {
            AcceleratorChip chip = AcceleratorChips.ALL.get(i);
            main.set(ACCELERATORS + i, TableFiller.fill(chip, trace.calls(chip.accelerator()), parallel));
        }
        for (int i = BOUNDARY; i < CHIPS.size(); i++) {
            counts.add(DESCRIPTIONS.get(i), main.get(i), parallel);
        }
        main.set(PROGRAM, counts.program(preprocessed.get(PROGRAM).height()));
        main.set(RANGE, counts.range());
        main.set(BYTE, counts.bytes());
        main.set(IMAGE, counts.image(preprocessed.get(IMAGE).height()));
        main.set(REGION, counts.region(preprocessed.get(REGION).height()));
        main.set(
                KECCAK_CONSTANTS,
                counts.keccakConstants(preprocessed.get(KECCAK_CONSTANTS).height()));
        main.set(
                SHA256_CONSTANTS,
                counts.sha256Constants(preprocessed.get(SHA256_CONSTANTS).height()));
        return main;
    }

    /** The words that a segment touches, registers but the sink included: address, value before, earlier segment's number, value after. */
    public static void words(SegmentTrace trace, WordSink sink) {
        Segment segment = trace.segment();
        for (int i = 0; i < segment.addresses().length; i++) {
            sink.word(
                    segment.addresses()[i] >>> 3,
                    segment.valuesIn()[i],
                    segment.lastSegments()[i],
                    trace.valuesOut()[i]);
        }
        for (int i = 0; i < Buses.REGISTER_COUNT; i++) {
            if (i != Buses.SINK) {
                sink.word(Buses.REGISTERS + i, trace.registerIn(i), segment.index(), trace.registerOut(i));
            }
        }
    }

    /** Takes words. */
    public interface WordSink {
        /**
         * A word.
         *
         * @param address divided by 8, or a register's
         * @param earlier number of the segment that touched it before, 0 for none
         */
        void word(long address, long in, int earlier, long out);
    }

    /** How many rows of a segment's boundary are shared with other segments: all its words, and all registers but the sink. */
    public static int sharedWords(SegmentTrace trace) {
        return trace.segment().addresses().length + Buses.REGISTER_COUNT - 1;
    }

    /** Index of the table of a run's words. */
    public static int firstLast() {
        return FIRST_LAST_TABLE;
    }

    /** Rows of the table that the first segment of a run has besides: its words, as many of which are memory as it touches, and all registers but the sink. */
    public static long firstLastRows(long touchedWords) {
        return touchedWords + Buses.REGISTER_COUNT - 1;
    }

    /** Rows of every table that a segment needs, before padding, in the machine's order; without first-last, which is a run's. */
    public static long[] rows(SegmentTrace trace) {
        long[] rows = new long[CHIPS.size()];
        rows[BOUNDARY] = BoundaryChip.rows(trace.segment().addresses().length);
        for (int i = 0; i < InstructionChips.ALL.size(); i++) {
            rows[INSTRUCTIONS + i] = trace.log(i).size();
        }
        for (int i = 0; i < AcceleratorChips.ALL.size(); i++) {
            AcceleratorChip chip = AcceleratorChips.ALL.get(i);
            rows[ACCELERATORS + i] =
                    (long) chip.rowsPerCall() * trace.calls(chip.accelerator()).size();
        }
        return rows;
    }
}
