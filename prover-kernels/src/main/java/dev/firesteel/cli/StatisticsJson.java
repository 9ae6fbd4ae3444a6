package dev.firesteel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firesteel.chips.CostMetric;
import dev.firesteel.chips.RunCost;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.ExecutionStatistics;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The statistics of a run as JSON; keys are an interface, new ones may be added. */
final class StatisticsJson {
    private StatisticsJson() {}

    /** One object, UTF-8, with a line break at the end. */
    static byte[] write(Program program, byte[] input, ExecutionResult result, RunCost cost) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ExecutionStatistics statistics = result.statistics();
        boolean halted = result.outcome() == Outcome.HALTED;
        root.put("program", program.name());
        root.put("program_hash", program.hashHex());
        root.put("input_bytes", input.length);
        root.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        // Null, not 0: a run that did not halt has no exit code.
        root.put("exit_code", halted ? Integer.valueOf(result.exitCode()) : null);
        root.put("trap", result.trap() == null ? null : result.trap().name().toLowerCase(Locale.ROOT));
        root.put("pc", String.format(Locale.ROOT, "0x%08x", result.trapPc()));
        root.put("output_bytes", result.output().length);
        root.put("cycles", statistics.cycles());
        root.put("seconds", statistics.nanos() / 1e9);
        root.put("instructions_per_second", statistics.cyclesPerSecond());
        root.put("segments", result.segmentCount());
        root.put("cost", cost.total(statistics.touchedWords()));
        root.put("cost_metric", CostMetric.VERSION);
        root.put("touched_words", statistics.touchedWords());
        root.put("misaligned_accesses", statistics.misalignedAccesses());
        ObjectNode families = root.putObject("families");
        statistics
                .families()
                .forEach((family, count) -> families.put(family.name().toLowerCase(Locale.ROOT), count));
        ObjectNode calls = root.putObject("accelerator_calls");
        statistics.acceleratorCalls().forEach(calls::put);
        try {
            String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and strings is always JSON", e);
        }
    }
}
