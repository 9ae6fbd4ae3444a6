package dev.firesteel.chips;

import dev.firesteel.air.Chip;

/** A chip whose rows are executed instructions. */
public interface InstructionChip extends Chip {
    /** Number of main columns. */
    int width();

    /** Fills the row of an executed instruction; cells that are not set are 0, as in padding rows. */
    void fill(Executed step, Row row);
}
