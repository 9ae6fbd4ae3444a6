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
     *     fingerprint; or when a chip that is no boundary chip has a message on a global bus
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
                // Cells that are free when the global challenge is known could be chosen to give any sum.
                if (bus.isGlobal() && !chip.boundary()) {
                    throw new IllegalArgumentException(name + ": " + chip.name() + " has a message on the global bus "
                            + bus.name() + " and is no boundary chip");
                }
            }
        }
    }

    /** The machine of {@code chips}. */
    public static Machine of(String name, List<Chip> chips) {
        return new Machine(name, chips.stream().map(ChipDescription::of).toList());
    }

    /** Whether it has boundary chips: then its proofs have a boundary root and a global sum. */
    public boolean hasBoundary() {
        return chips.stream().anyMatch(ChipDescription::boundary);
    }

    /** The global buses, which other machines of the same request must have with the same identity and width if they have them. */
    public Set<Bus> globalBuses() {
        Set<Bus> buses = new HashSet<>();
        chips.forEach(c -> c.interactions().stream()
                .map(Interaction::bus)
                .filter(Bus::isGlobal)
                .forEach(buses::add));
        return Set.copyOf(buses);
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
