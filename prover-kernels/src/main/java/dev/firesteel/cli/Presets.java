package dev.firesteel.cli;

import dev.firesteel.pcs.SecurityPreset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The option {@code --preset}. */
final class Presets {
    private Presets() {}

    static SecurityPreset of(String label, LocalCommand command) {
        try {
            return SecurityPreset.of(label);
        } catch (IllegalArgumentException e) {
            throw command.usage("--preset: no preset '" + label + "'; there are "
                    + Arrays.stream(SecurityPreset.values())
                            .map(SecurityPreset::label)
                            .collect(Collectors.joining(", ")));
        }
    }
}
