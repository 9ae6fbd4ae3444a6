package dev.firesteel.chips;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.riscv.InstructionFamily;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run will cost a prover, as one number that is known when it has been executed: the work for all cells and messages of all its tables, heights
 * rounded up as they are committed. The same program, input and limits have the same cost everywhere. docs/cost-metric.md.
 */
public final class CostMetric {
    /** Name of this metric; another one whenever an execution could get another number. */
    public static final String VERSION = "firesteel-cost/1";

    /** Work for a committed cell. */
    static final int CELL = 2;
    /** Work for a message; docs/cost-metric.md has the measurement. */
    static final int MESSAGE = 3;

    private static final long[] ROWS =
            RiscvTables.descriptions().stream().mapToLong(CostMetric::row).toArray();
    private static final Map<InstructionFamily, Integer> TABLES = tables(false);
    private static final long MISALIGNED_ROW =
            tables(true).values().stream().mapToLong(t -> ROWS[t]).max().orElse(0);

    private final long fixed;

    /**
     * The work that a row of a table is, its cells and messages added up.
     *
     * @param table the table's name
     * @param cells main columns
     * @param messages messages
     * @param work what a row costs
     */
    public record Weight(String table, int cells, int messages, long work) {}

    /** The metric for runs of {@code program}, whose own tables are in the proof of every segment. */
    public CostMetric(Program program) {
        RegionRows.Sizes memory = RegionRows.sizes(program);
        fixed = table(RiscvTables.PROGRAM, program.code().size())
                + table(RiscvTables.RANGE, RangeChip.HEIGHT)
                + table(RiscvTables.BYTE, ByteChip.HEIGHT)
                + table(RiscvTables.IMAGE, memory.image())
                + table(RiscvTables.REGION, memory.regions());
    }

    /** The cost of a segment; of the first one without the table of the run's words, {@link #words}. */
    public long segment(Segment segment) {
        long sum = fixed + table(RiscvTables.BOUNDARY, BoundaryChip.rows(segment.addresses().length));
        for (Map.Entry<InstructionFamily, Long> family : segment.families().entrySet()) {
            sum += table(TABLES.get(family.getKey()), family.getValue());
        }
        // Which family they are of is not known, so they count in their families too.
        return sum + height(segment.misalignedAccesses()) * MISALIGNED_ROW;
    }

    /**
     * The cost of the table of a run's words, which only its first segment has.
     *
     * @param touchedWords distinct words of memory that the run touched
     */
    public static long words(long touchedWords) {
        return table(RiscvTables.FIRST_LAST_TABLE, RiscvTables.firstLastRows(touchedWords));
    }

    /** What a row of each table costs, in the machine's order. */
    public static List<Weight> weights() {
        List<Weight> weights = new ArrayList<>();
        RiscvTables.descriptions().forEach(chip -> weights.add(weight(chip)));
        return weights;
    }

    /** What an instruction of each family costs at an aligned address. */
    public static Map<InstructionFamily, Weight> families() {
        Map<InstructionFamily, Weight> families = new EnumMap<>(InstructionFamily.class);
        TABLES.forEach((family, table) ->
                families.put(family, weight(RiscvTables.descriptions().get(table))));
        return Collections.unmodifiableMap(families);
    }

    private static Weight weight(ChipDescription chip) {
        return new Weight(chip.name(), chip.mainWidth(), chip.interactions().size(), row(chip));
    }

    private static long row(ChipDescription chip) {
        return (long) CELL * chip.mainWidth()
                + (long) MESSAGE * chip.interactions().size();
    }

    private static long table(int table, long rows) {
        return height(rows) * ROWS[table];
    }

    private static long height(long rows) {
        return rows == 0 ? 0 : Long.highestOneBit(2 * rows - 1);
    }

    /** The table of each family's instructions, or of those that access memory at misaligned addresses. */
    private static Map<InstructionFamily, Integer> tables(boolean misaligned) {
        Map<InstructionFamily, Integer> tables = new EnumMap<>(InstructionFamily.class);
        for (int operation = 0; operation < Opcode.COUNT; operation++) {
            InstructionFamily family = Opcode.family(operation);
            if (family == null || !InstructionChips.executes(operation, misaligned)) {
                continue;
            }
            int table = RiscvTables.INSTRUCTIONS + InstructionChips.of(operation, misaligned);
            Integer other = tables.put(family, table);
            if (other != null && other != table) {
                throw new IllegalStateException("instructions of family " + family + " are in several tables");
            }
        }
        return tables;
    }
}
