package dev.firesteel.jobs.inspect;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.execute.SegmentRows;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.ReplayException;
import dev.firesteel.riscv.SegmentCodecException;
import dev.firesteel.riscv.SegmentEnd;
import dev.firesteel.riscv.SegmentReplayer;
import dev.firesteel.schemas.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code firesteel inspect segment}: one segment, and whether executing it alone gives what its row says. */
@Command(
        name = "segment",
        mixinStandardHelpOptions = true,
        description = "Print a segment; with --replay execute it alone from its row and compare.",
        footer = {
            "",
            "Of several executions of a program or request the latest is taken.",
            "With --replay the exit status is 4 when the row does not execute to what it says.",
            "",
            "Example: firesteel inspect segment --program fibonacci-1000 --index 0 --replay"
        })
final class InspectSegment extends InspectJob {
    private static final int EXIT_MISMATCH = 4;
    private static final int SHOWN_BYTES = 64;

    @Option(
            names = "--program",
            required = true,
            paramLabel = "HASH-OR-REQUEST",
            description = "Program hash (64 hex digits) or request id.")
    private String program;

    @Option(names = "--index", required = true, paramLabel = "N", description = "Index of the segment, from 0.")
    private int index;

    @Option(names = "--replay", description = "Execute the segment alone and compare with its row and the next one.")
    private boolean replay;

    @Override
    protected int run(SparkSession spark) {
        Warehouse warehouse = Warehouse.existing(spark, warehouseLocation());
        Row execution = execution(warehouse);
        Segment row = segment(warehouse, execution, index);
        if (row == null) {
            throw new UserException("--index " + index + ": the execution of '" + program + "' has "
                    + execution.<Integer>getAs("segment_count") + " segments, counted from 0");
        }
        Facts facts = facts(row);
        boolean equal = !replay || replay(warehouse, execution, row, facts);
        print(facts);
        return equal ? 0 : EXIT_MISMATCH;
    }

    private Row execution(Warehouse warehouse) {
        Dataset<Row> executions = warehouse.read("executions");
        List<Row> found = executions
                .where(functions
                        .col("request_id")
                        .equalTo(program)
                        .or(functions.col("program_hash").equalTo(program.toLowerCase(java.util.Locale.ROOT))))
                .select("program_hash", "input_hash", "parameters_hash", "code_version", "segment_count", "executed_at")
                .orderBy(functions.col("executed_at").desc(), functions.col("input_hash"))
                .limit(1)
                .collectAsList();
        if (found.isEmpty()) {
            throw new UserException(warehouse.location() + ": neither a request nor a program '" + program
                    + "' has been executed; run 'firesteel execute' or name another");
        }
        return found.get(0);
    }

    private static Segment segment(Warehouse warehouse, Row execution, int index) {
        Column same = functions.col("segment_index").equalTo(index);
        for (String key : List.of("program_hash", "input_hash", "parameters_hash", "code_version")) {
            same = same.and(functions.col(key).equalTo(execution.<String>getAs(key)));
        }
        List<Row> rows = warehouse.read("segments").where(same).collectAsList();
        return rows.isEmpty() ? null : RowCodec.of("segments", Segment.class).fromRow(rows.get(0));
    }

    private static Facts facts(Segment row) {
        Map<String, String> registers = new LinkedHashMap<>();
        for (int i = 0; i < 32; i++) {
            String start = Facts.hex(row.startRegisters().get(i));
            String end = Facts.hex(row.endRegisters().get(i));
            registers.put("x" + i, start.equals(end) ? start : start + " -> " + end);
        }
        return new Facts()
                .put("program_hash", row.programHash())
                .put("input_hash", row.inputHash())
                .put("parameters_hash", row.parametersHash())
                .put("code_version", row.codeVersion())
                .put("segment_index", row.segmentIndex())
                .put("is_last", row.isLast())
                .put("outcome", row.outcome())
                .put("exit_code", row.exitCode())
                .put("start_cycle", row.startCycle())
                .put("cycles", row.cycles())
                .put("start_pc", Facts.hex(row.startPc()))
                .put("end_pc", Facts.hex(row.endPc()))
                .put("touched_words", row.touchedWords())
                .put("memory_in_bytes", row.memoryIn().length)
                .put("misaligned_accesses", row.misalignedAccesses())
                .put("output_start", row.outputStart())
                .put("output", Facts.hex(row.output(), SHOWN_BYTES))
                .put("family_counts", (Object) new TreeMap<>(row.familyCounts()))
                .put("accelerator_calls", (Object) new TreeMap<>(row.acceleratorCalls()))
                .put("cost", row.cost())
                .put("registers", (Object) registers);
    }

    /** Executes the row alone; adds to {@code facts} what came of it and returns whether all agreed. */
    private static boolean replay(Warehouse warehouse, Row execution, Segment row, Facts facts) {
        String end;
        boolean equal = false;
        try {
            SegmentEnd reached =
                    SegmentReplayer.replay(program(warehouse, row.programHash()), SegmentRows.fromRow(row));
            end = "reproduces its end state";
            Segment next = segment(warehouse, execution, row.segmentIndex() + 1);
            String start = next == null ? (row.isLast() ? "there is none" : "MISSING") : compare(reached, row, next);
            equal = row.isLast() ? next == null : next != null && start.startsWith("equal");
            facts.put("next_segment_start", start);
        } catch (ReplayException | SegmentCodecException | IllegalArgumentException e) {
            end = "DIFFERS: " + e.getMessage();
        }
        facts.put("replay", end);
        return equal;
    }

    private static String compare(SegmentEnd end, Segment row, Segment next) {
        for (int i = 0; i < 32; i++) {
            if (end.endRegisters()[i] != next.startRegisters().get(i)) {
                return "DIFFERS in x" + i;
            }
        }
        if (end.endPc() != next.startPc()) {
            return "DIFFERS in pc";
        }
        if (row.startCycle() + row.cycles() != next.startCycle()) {
            return "DIFFERS in cycle";
        }
        return row.outputStart() + row.output().length != next.outputStart()
                ? "DIFFERS in output position"
                : "equal to this segment's end";
    }

    private static Program program(Warehouse warehouse, String hash) {
        List<Row> rows = warehouse
                .read("programs")
                .where(functions.col("program_hash").equalTo(hash))
                .select("elf", "name")
                .collectAsList();
        if (rows.isEmpty()) {
            throw new UserException(warehouse.location() + ": program " + hash + " is not in table programs");
        }
        try {
            return Program.load(rows.get(0).getAs(0), rows.get(0).getString(1));
        } catch (ElfException e) {
            throw new UserException(warehouse.location() + ": program " + hash + ": " + e.getMessage(), e);
        }
    }
}
