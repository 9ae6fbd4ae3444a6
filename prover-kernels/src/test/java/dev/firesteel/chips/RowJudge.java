package dev.firesteel.chips;

import dev.firesteel.air.BaseArithmetic;
import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one row of a chip's table states, whatever the other rows are: constraints see one row; a lookup is answered as often as it is asked when the lookup
 * table has it, and otherwise never; and the other buses balance exactly when the row's messages on them are those of the honest row, because no other row
 * changes.
 */
final class RowJudge {
    private static final Set<Bus> LOOKUPS = Set.of(Buses.RANGE, Buses.BYTES, Buses.AND, Buses.PROGRAM);

    private final ChipDescription chip;
    private final Set<List<Integer>> program = new HashSet<>();

    /** A message, fields canonical. */
    record Message(Bus bus, List<Integer> fields) {
        boolean lookup() {
            return LOOKUPS.contains(bus);
        }

        /** The bus's name and the fields. */
        @Override
        public String toString() {
            return bus.name() + fields;
        }
    }

    /** A message and how often it is sent, canonical and not 0. */
    record Sent(Message message, int times) {}

    /** What a row states; its messages are made when they are asked for. */
    final class Statement {
        private final List<Integer> results;

        private Statement(List<Integer> results) {
            this.results = results;
        }

        /** Names of constraints that the row violates. */
        List<String> violated() {
            List<String> violated = new ArrayList<>();
            for (int i = 0; i < chip.constraints().size(); i++) {
                if (results.get(i) != KoalaBear.ZERO) {
                    violated.add(chip.constraints().get(i).name());
                }
            }
            return violated;
        }

        /** Its messages in the chip's order. */
        List<Sent> sent() {
            List<Sent> sent = new ArrayList<>();
            int at = chip.constraints().size();
            for (Interaction interaction : chip.interactions()) {
                int times = KoalaBear.toCanonical(results.get(at++));
                int end = at + interaction.fields().size();
                if (times != 0) {
                    List<Integer> fields = results.subList(at, end).stream()
                            .map(KoalaBear::toCanonical)
                            .toList();
                    sent.add(new Sent(new Message(interaction.bus(), fields), times));
                }
                at = end;
            }
            return sent;
        }

        /** Net number of times that each message is sent, mod p; none is 0. */
        Map<Message, Integer> net() {
            Map<Message, Integer> net = new LinkedHashMap<>();
            sent().forEach(s -> net.merge(s.message, s.times, (x, y) -> (int) (((long) x + y) % KoalaBear.P)));
            net.values().removeIf(times -> times == 0);
            return net;
        }
    }

    RowJudge(ChipDescription chip, ProgramRows rows) {
        this.chip = chip;
        Trace fixed = rows.trace();
        for (int row = 0; row < fixed.height(); row++) {
            program.add(cells(fixed, row).stream().map(KoalaBear::toCanonical).toList());
        }
    }

    /** The statement of a row with these cells, Montgomery form. */
    Statement statement(List<Integer> cells) {
        return new Statement(chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), cells));
    }

    /** Whether the lookup tables have {@code message}; true for messages that are no lookups. */
    boolean answered(Message message) {
        List<Integer> f = message.fields();
        if (message.bus() == Buses.RANGE) {
            return f.get(1) <= RangeChip.MOST_BITS && f.get(0) < 1 << f.get(1);
        }
        if (message.bus() == Buses.PROGRAM) {
            return program.contains(f);
        }
        if (message.bus() == Buses.BYTES || message.bus() == Buses.AND) {
            return f.get(0) < 256 && f.get(1) < 256 && (f.size() == 2 || (f.get(0) & f.get(1)) == f.get(2));
        }
        return true;
    }

    /** The cells of a row, Montgomery form. */
    static List<Integer> cells(Trace trace, int row) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; column < trace.width(); column++) {
            cells.add(trace.get(row, column));
        }
        return cells;
    }
}
