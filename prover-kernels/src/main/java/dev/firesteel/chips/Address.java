package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.Expression;

/**
 * The columns with which a load or store computes the address of its first byte, base + immediate modulo 2^64, as 8·index + offset: the word's index has 29
 * bits; the offset has no columns here, every chip decomposes it in the way it uses it.
 *
 * @param rs1 the base's register
 * @param low the immediate's first limb
 * @param high its three others
 * @param base what the register holds
 * @param word bits 3 to 15 of the address
 * @param upper bits 16 to 31 of the address
 */
record Address(Expression rs1, Expression low, Expression high, Read base, Expression word, Expression upper) {
    private static final int WORD_BITS = 13;

    /** The word's address divided by 8. */
    Expression index() {
        return word.plus(upper.times(1 << WORD_BITS));
    }

    /** Adds the address's fields to those of the fetched instruction. */
    Instruction.Fetch in(Instruction.Fetch fetch) {
        return fetch.rs1(rs1).limbs(low, high);
    }

    /**
     * The address is base + immediate and below 2^32.
     *
     * @param offset the address modulo 8; must be shown to be a number from 0 to 7
     */
    void define(Instruction instruction, Expression offset) {
        instruction.read(rs1, base, Instruction.FIRST_READ);
        Expression zero = Expression.constant(0);
        Expression[] sum = {word.times(8).plus(offset), upper, zero, zero};
        Expression carry = zero;
        for (int i = 0; i < LIMBS; i++) {
            carry = Limbs.carry(base.value()[i], i == 0 ? low : high, carry, sum[i]);
            // Otherwise another word than the program's could be accessed. With the upper limbs of the sum 0, an
            // address
            // from 2^32 on has no row. What leaves the last limb is dropped: addresses wrap at 2^64.
            instruction.builder().assertBoolean("address carry[" + i + "] is boolean", carry);
        }
        // Otherwise a limb of the sum could be 2^16 too large instead of carrying, or have the offset's bits as a
        // fraction; and the index could be that of a register. Whether the machine allows the word (guards) is not
        // asked
        // here: no table opens one that it does not.
        instruction.range(instruction.real(), word, WORD_BITS);
        instruction.range(instruction.real(), upper, 16);
    }

    /** Sets the columns to those of {@code step}. */
    void fill(Row row, Executed step) {
        long address = step.address();
        row.set(rs1, step.rs1());
        row.set(low, step.limb(0));
        row.set(high, step.limb(1));
        row.first(base, step);
        row.set(word, address >>> 3 & (1 << WORD_BITS) - 1);
        row.set(upper, address >>> 16 & 0xFFFF);
    }
}
