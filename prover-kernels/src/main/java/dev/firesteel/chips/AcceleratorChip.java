package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.riscv.Accelerator;

/** A chip whose rows are what calls of an accelerator need: as many for every call. */
interface AcceleratorChip extends Chip {
    /** Number of main columns. */
    int width();

    /** Whose calls. */
    Accelerator accelerator();

    /** Rows of one call. */
    int rowsPerCall();

    /** Fills the rows of a call, {@link #rowsPerCall} of them. */
    void fill(AcceleratorCall call, TableFiller.Rows rows);
}
