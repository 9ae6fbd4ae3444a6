package dev.firesteel.chips;

/**
 * An executed instruction: what it is, what it read and wrote, and when each of these words was accessed before. A view of one entry of a
 * {@link StepLog}.
 */
public final class Executed {
    static final int STRIDE = 13;

    private static final int STATE = 0;
    private static final int INSTRUCTION = 1;
    private static final int A = 2;
    private static final int B = 3;
    private static final int OLD_RESULT = 4;
    private static final int RESULT = 5;
    private static final int READS_PREVIOUS = 6;
    private static final int RESULT_PREVIOUS = 7;
    private static final int WORDS_PREVIOUS = 8;
    private static final int BEFORE = 9;
    private static final int AFTER = 11;

    private final long[] data;
    private final ProgramRows program;
    private int at;

    Executed(long[] data, ProgramRows program) {
        this.data = data;
        this.program = program;
    }

    /** Moves to entry {@code index}. */
    Executed to(int index) {
        at = index * STRIDE;
        return this;
    }

    void state(int clock, int row, int nextPc) {
        data[at + STATE] = clock;
        data[at + INSTRUCTION] = row | (long) nextPc << 32;
    }

    void reads(long a, int aPrevious, long b, int bPrevious) {
        data[at + A] = a;
        data[at + B] = b;
        data[at + READS_PREVIOUS] = aPrevious | (long) bPrevious << 32;
    }

    void writes(long old, long result, int previous) {
        data[at + OLD_RESULT] = old;
        data[at + RESULT] = result;
        data[at + RESULT_PREVIOUS] = previous;
    }

    /** The first or second word: its place among a chip's two is {@code which}. */
    void word(int which, long before, long after, int previous) {
        data[at + BEFORE + which] = before;
        data[at + AFTER + which] = after;
        int shift = 32 * which;
        data[at + WORDS_PREVIOUS] = data[at + WORDS_PREVIOUS] & ~(0xFFFF_FFFFL << shift) | (long) previous << shift;
    }

    /** The clock at which it begins. */
    int clock() {
        return (int) data[at + STATE];
    }

    /** Index of the instruction in the program table. */
    int programRow() {
        return (int) data[at + INSTRUCTION];
    }

    /** The program's entry for it. */
    ProgramRows program() {
        return program;
    }

    /** Its address divided by 4. */
    long pc() {
        return program.pc(programRow());
    }

    /** The next instruction's address divided by 4. After HALT that of the word behind it. */
    long nextPc() {
        return data[at + INSTRUCTION] >>> 32;
    }

    /** {@link dev.firesteel.riscv.vm.Opcode}. */
    int operation() {
        return program.operation(programRow());
    }

    /** The field rd as in the program table: 32 stands for x0. */
    int rd() {
        return program.rd(programRow());
    }

    /** The field rs1. */
    int rs1() {
        return program.rs1(programRow());
    }

    /** The field rs2. */
    int rs2() {
        return program.rs2(programRow());
    }

    /** Limb {@code i} of the program's entry. */
    int limb(int i) {
        return program.limb(programRow(), i);
    }

    /** The immediate, sign-extended, of operations that have one in the common form (loads, stores, immediate arithmetic, JALR). */
    long immediate() {
        return (long) (short) limb(0);
    }

    /** The program's entry's target, an address divided by 4. */
    long target() {
        return program.target(programRow());
    }

    /** Value of the first register. */
    long a() {
        return data[at + A];
    }

    /** Value of the second register; 0 for operations without. */
    long b() {
        return data[at + B];
    }

    int aPrevious() {
        return (int) data[at + READS_PREVIOUS];
    }

    int bPrevious() {
        return (int) (data[at + READS_PREVIOUS] >>> 32);
    }

    /** What the written register, or the sink, held before. */
    long oldResult() {
        return data[at + OLD_RESULT];
    }

    /** What it holds now. */
    long result() {
        return data[at + RESULT];
    }

    int resultPrevious() {
        return (int) data[at + RESULT_PREVIOUS];
    }

    /** For loads and stores: the first byte's address. */
    long address() {
        return a() + immediate();
    }

    /** For loads and stores the first word before, for {@code which} = 1 the one behind it when it is accessed too, else 0. */
    long wordBefore(int which) {
        return data[at + BEFORE + which];
    }

    /** The same word afterwards. */
    long wordAfter(int which) {
        return data[at + AFTER + which];
    }

    int wordPrevious(int which) {
        return (int) (data[at + WORDS_PREVIOUS] >>> 32 * which);
    }
}
