package dev.firesteel.chips;

/**
 * An executed call of an accelerator.
 *
 * @param clock of its ECALL
 * @param stateAddress of the state's first word, divided by 8
 * @param blockAddress of the block's, 0 when there is none
 * @param before the state's words before
 * @param after the state's words afterwards
 * @param block the block's words
 * @param statePrevious clocks of the accesses of the state's words before this one
 * @param blockPrevious of the block's words
 */
record AcceleratorCall(
        int clock,
        long stateAddress,
        long blockAddress,
        long[] before,
        long[] after,
        long[] block,
        int[] statePrevious,
        int[] blockPrevious) {}
