package dev.firesteel.chips;

import dev.firesteel.air.Bus;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.functions.Sha256Rounds;

/** The buses of the RISC-V machine and the numbers that go over them. docs/riscv-tables.md, "Buses". */
public final class Buses {
    /** Limbs of a 64-bit value, least significant first, of 16 bits each. */
    public static final int LIMBS = 4;

    /** (clock, pc): an instruction receives where it stands and sends where it leads. pc is an address divided by 4. */
    public static final Bus STATE = new Bus(1, "state", 2);
    /** (pc, operation, rd, rs1, rs2, 4 limbs, target): the program; see {@link ProgramChip}. */
    public static final Bus PROGRAM = new Bus(2, "program", 10);
    /** (address, 4 limbs, clock): what a word held when; a word is 8 bytes, its address is divided by 8, or that of a register. */
    public static final Bus MEMORY = new Bus(3, "memory", 2 + LIMBS);
    /** (value, bits): value &lt; 2^bits, bits at most 16. */
    public static final Bus RANGE = new Bus(4, "range", 2);
    /** (a, b): two bytes. */
    public static final Bus BYTES = new Bus(5, "bytes", 2);
    /** (a, b, a ∧ b): two bytes and their conjunction. */
    public static final Bus AND = new Bus(6, "and", 3);
    /** (position, byte): a byte of the public output. */
    public static final Bus OUTPUT = new Bus(7, "output", 2);
    /** (low, high): the exit code's limbs. */
    public static final Bus HALT = new Bus(8, "halt", 2);

    /** (segment): the number of the segment that is proved, which is its index plus 1. */
    public static final Bus SEGMENT = new Bus(9, "segment", 1);
    /** (address): the last row's address of {@link FirstLastChip}; the next row's is higher. */
    public static final Bus ORDER = new Bus(10, "order", 1);
    /** (address, 4 limbs): a word of the program's image. */
    public static final Bus IMAGE = new Bus(11, "image", 1 + LIMBS);
    /** (first address, last address, kind): words that the image does not give; see {@link RegionRows}. */
    public static final Bus REGION = new Bus(12, "region", 3);
    /** (address, 4 limbs, segment): what a word held when the segment of that number ended; 0 is before the first one. */
    public static final Bus ACROSS_SEGMENTS = Bus.global(13, "across segments", 2 + LIMBS);
    /** (call number, clock, word of a0, word of a1): an accelerator is called; addresses are divided by 8, that of no block is 0. */
    public static final Bus CALL = new Bus(14, "call", 4);
    /** (clock, rounds done, half, 50 limbs): half of a state of Keccak-f[1600] on its way, of the call at that clock. */
    public static final Bus KECCAK = new Bus(15, "keccak", 3 + KeccakChip.HALF_LIMBS);
    /** (round, 7 bits that ι flips). */
    public static final Bus KECCAK_ROUND = new Bus(16, "keccak round", 1 + KeccakF.IOTA_BITS);
    /** (clock, rows done, limbs of 8 registers, limbs of the schedule's next 16 words): a compression of SHA-256 on its way. */
    public static final Bus SHA256 = new Bus(17, "sha-256", 2 + Sha256Chip.STATE_LIMBS + Sha256Chip.BLOCK_LIMBS);
    /** (row, whether it is the last, limbs of the constants of its rounds). */
    public static final Bus SHA256_ROUND = new Bus(18, "sha-256 rounds", 2 + 2 * Sha256Rounds.ROUNDS);

    /**
     * Register i has this address plus i. Words end at 2^29, so no load or store that the chips allow reaches a register, even one that crosses the end of
     * memory. Not much higher: see {@link FirstLastChip}.
     */
    public static final int REGISTERS = (1 << 29) + (1 << 16);

    /** The register that takes what is written to x0: no instruction reads it. */
    public static final int SINK = 32;
    /** Held like a register: how many bytes of public output there are. */
    public static final int OUTPUT_POSITION = 33;
    /** The highest address of all. */
    public static final int LAST_ADDRESS = REGISTERS + OUTPUT_POSITION;
    /** Words that are held like registers. */
    public static final int REGISTER_COUNT = 34;

    /** Clock of a segment's first instruction; words are opened at clock 0. */
    public static final int FIRST_CLOCK = 4;
    /** An instruction's accesses are at its clock + 0 … 3, the next instruction's clock is 4 more. */
    public static final int CLOCKS_PER_STEP = 4;
    /** Two accesses of one word are at most this many clocks apart: the range that {@link Instruction} checks has 24 bits. */
    public static final int MAX_CLOCK = 1 << 24;

    /** pc after HALT. No program row has it, and no arithmetic of 30 bits leads there. */
    public static final long HALTED = -1;
    /** Target of a jump that may not be taken. No program row has it. */
    public static final long NO_TARGET = -2;
    /** pc of program rows that hold no instruction. No jump leads there. */
    public static final long NO_INSTRUCTION = -3;

    private Buses() {}
}
