package dev.firesteel.machine;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of tables that are proved together.
 *
 * @param name for people; part of the key
 * @param chips in an order that never changes: it is part of the key
 */
public record Machine(String name, List<ChipDescription> chips) {
    /** Most tables of a machine. */
    public static final int MAX_CHIPS = 1 << 10;

    /**
     * @throws IllegalArgumentException when two chips have one name, or two buses one identity: messages of different buses must never have the same
     *     fingerprint
     */
    public Machine {
        chips = List.copyOf(chips);
        if (chips.isEmpty() || chips.size() > MAX_CHIPS) {
            throw new IllegalArgumentException(name + ": " + chips.size() + " chips, not within 1 and " + MAX_CHIPS);
        }
        Set<String> names = new HashSet<>();
        Map<Integer, Bus> buses = new HashMap<>();
        for (ChipDescription chip : chips) {
            if (!names.add(chip.name())) {
                throw new IllegalArgumentException(name + ": two chips are called " + chip.name());
            }
            if (chip.mainColumns().isEmpty()) {
                throw new IllegalArgumentException(name + ": " + chip.name() + " has no columns");
            }
            for (Interaction interaction : chip.interactions()) {
                Bus bus = interaction.bus();
                Bus known = buses.putIfAbsent(bus.id(), bus);
                if (known != null && !known.equals(bus)) {
                    throw new IllegalArgumentException(
                            name + ": buses " + known + " and " + bus + " have the same identity");
                }
            }
        }
    }

    /** The machine of {@code chips}. */
    public static Machine of(String name, List<Chip> chips) {
        return new Machine(name, chips.stream().map(ChipDescription::of).toList());
    }

    /** Fields of the widest bus, 0 when no message is sent. */
    public int busWidth() {
        return chips.stream()
                .flatMap(c -> c.interactions().stream())
                .mapToInt(i -> i.bus().width())
                .max()
                .orElse(0);
    }
}
