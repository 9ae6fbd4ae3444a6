package dev.firesteel.chips;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.poly.Parallel;
import dev.firesteel.zerocheck.BlockProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How often each row of the lookup tables is looked up by filled tables: their messages are evaluated, so that no chip says a second time what it looks
 * up. A message that no row answers is not counted; the proof of such tables will not verify.
 */
final class LookupCounts {
    /** The bound that a lookup table states for its multiplicities: with preprocessed messages it is not counted. */
    static final int MOST = KoalaBear.P / 2;

    /** Bus and multiplicity, then the fields. */
    private record Lookup(Bus bus, int first) {}

    private static final Set<Bus> BUSES = Set.of(
            Buses.RANGE,
            Buses.BYTES,
            Buses.AND,
            Buses.PROGRAM,
            Buses.IMAGE,
            Buses.REGION,
            Buses.KECCAK_ROUND,
            Buses.SHA256_ROUND);

    private final ProgramRows program;
    private final RegionRows regions;
    private final int[] range = new int[RangeChip.HEIGHT];
    private final int[] pairs = new int[ByteChip.HEIGHT];
    private final int[] ands = new int[ByteChip.HEIGHT];
    private final int[] instructions;
    private final int[] image;
    private final int[] region;
    private final int[] keccakRounds = new int[KeccakF.ROUNDS];
    private final int[] sha256Rows = new int[Sha256ConstantsChip.ROWS];

    LookupCounts(ProgramRows program, RegionRows regions) {
        this.program = program;
        this.regions = regions;
        this.instructions = new int[program.size()];
        this.image = new int[regions.imageSize()];
        this.region = new int[regions.regionCount()];
    }

    /** Adds the lookups of one table without preprocessed columns. */
    void add(ChipDescription chip, Trace main, Parallel parallel) {
        List<Lookup> lookups = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        int output = chip.constraints().size();
        for (Interaction interaction : chip.interactions()) {
            int fields = interaction.fields().size();
            Bus bus = interaction.bus();
            if (BUSES.contains(bus)) {
                lookups.add(new Lookup(bus, outputs.size()));
                // Two fields at most tell the row.
                for (int i = 0; i <= 2; i++) {
                    outputs.add(chip.tape().output(output + i));
                }
            }
            output += 1 + fields;
        }
        if (lookups.isEmpty() || main.height() == 0) {
            return;
        }
        int[] results = outputs.stream().mapToInt(i -> i).toArray();
        BlockProgram evaluation = new BlockProgram(chip.tape(), results);
        int blocks = (main.height() + BlockProgram.BLOCK - 1) / BlockProgram.BLOCK;
        int[][][] registers = new int[parallel.threads()][][];
        int[][][] values = new int[parallel.threads()][results.length][BlockProgram.BLOCK];
        parallel.forEach(blocks, (block, worker) -> {
            if (registers[worker] == null) {
                registers[worker] = evaluation.registers();
            }
            int from = block * BlockProgram.BLOCK;
            int n = Math.min(BlockProgram.BLOCK, main.height() - from);
            evaluation.run(
                    Kernels.get(),
                    null,
                    main,
                    from,
                    n,
                    registers[worker],
                    (r, array, at) -> System.arraycopy(array, at, values[worker][r], 0, n));
            synchronized (this) {
                lookups.forEach(lookup -> count(lookup, values[worker], n));
            }
        });
    }

    private void count(Lookup lookup, int[][] values, int n) {
        int[] multiplicity = values[lookup.first];
        int[] x = values[lookup.first + 1];
        for (int i = 0; i < n; i++) {
            if (multiplicity[i] == KoalaBear.ZERO) {
                continue;
            }
            int times = KoalaBear.toCanonical(multiplicity[i]);
            int a = KoalaBear.toCanonical(x[i]);
            if (lookup.bus == Buses.PROGRAM) {
                add(instructions, program.rowOf((long) a << 2), times);
                continue;
            }
            if (lookup.bus == Buses.IMAGE) {
                add(image, regions.imageRow(a), times);
                continue;
            }
            if (lookup.bus == Buses.REGION) {
                add(region, regions.regionFrom(a), times);
                continue;
            }
            if (lookup.bus == Buses.KECCAK_ROUND || lookup.bus == Buses.SHA256_ROUND) {
                int[] counts = lookup.bus == Buses.KECCAK_ROUND ? keccakRounds : sha256Rows;
                add(counts, a < counts.length ? a : -1, times);
                continue;
            }
            int b = KoalaBear.toCanonical(values[lookup.first + 2][i]);
            if (lookup.bus == Buses.RANGE) {
                if (b <= RangeChip.MOST_BITS && a < 1 << b) {
                    range[RangeChip.row(a, b)] += times;
                }
            } else if (a < 256 && b < 256) {
                (lookup.bus == Buses.AND ? ands : pairs)[ByteChip.row(a, b)] += times;
            }
        }
    }

    private static void add(int[] counts, int row, int times) {
        if (row >= 0) {
            counts[row] += times;
        }
    }

    /** The main trace of {@link RangeChip}. */
    Trace range() {
        return trace(RangeChip.HEIGHT, range);
    }

    /** The main trace of {@link ByteChip}. */
    Trace bytes() {
        return trace(ByteChip.HEIGHT, pairs, ands);
    }

    /** The main trace of {@link ProgramChip}. */
    Trace program(int height) {
        return trace(height, instructions);
    }

    /** The main trace of {@link ImageChip}. */
    Trace image(int height) {
        return trace(height, image);
    }

    /** The main trace of {@link RegionChip}. */
    Trace region(int height) {
        return trace(height, region);
    }

    /** The main trace of {@link KeccakConstantsChip}. */
    Trace keccakConstants(int height) {
        return trace(height, keccakRounds);
    }

    /** The main trace of {@link Sha256ConstantsChip}. */
    Trace sha256Constants(int height) {
        return trace(height, sha256Rows);
    }

    private static Trace trace(int height, int[]... columns) {
        Trace trace = Trace.zeros(height, columns.length);
        for (int column = 0; column < columns.length; column++) {
            for (int row = 0; row < columns[column].length; row++) {
                trace.set(row, column, KoalaBear.fromCanonical(columns[column][row]));
            }
        }
        return trace;
    }
}
