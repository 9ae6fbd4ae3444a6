package dev.firesteel.chips;

import java.util.List;

/** The accelerators' chips in the order in which machines have them. */
final class AcceleratorChips {
    /** All of them; the order is part of every key. */
    static final List<AcceleratorChip> ALL =
            List.of(new KeccakChip(), new KeccakRoundChip(), new Sha256Chip(), new Sha256RoundsChip());

    private AcceleratorChips() {}
}
