package dev.firesteel.riscv;

/** The fixed addresses of the machine ({@code docs/machine.md}, "Address space"). All ends are exclusive. */
public final class AddressSpace {
    /** The address space ends here: 4 GiB. */
    public static final long END = 1L << 32;
    /** The null guard is [0, this). */
    public static final long NULL_GUARD_END = 0x1000L;
    /** The input's length, a {@code u64}, lies here. */
    public static final long INPUT_START = 0xC000_0000L;
    /** The input's first byte. */
    public static final long INPUT_DATA = 0xC000_0010L;
    /** End of the input region, start of the stack guard. */
    public static final long INPUT_END = 0xE000_0000L;
    /** Start of the stack guard. */
    public static final long STACK_GUARD_START = INPUT_END;
    /** End of the stack guard, lowest address of the stack. */
    public static final long STACK_GUARD_END = 0xE001_0000L;
    /** End of the stack and the initial {@code sp}. */
    public static final long STACK_TOP = 0xF000_0000L;
    /** The most bytes an input may have: 536,870,896. */
    public static final int MAX_INPUT_BYTES = (int) (INPUT_END - INPUT_DATA);

    private AddressSpace() {}

    /**
     * Whether a load or store of {@code size} bytes may happen at all.
     *
     * @param address any 64-bit value, read as unsigned
     * @param size bytes, 1…8
     */
    public static boolean accessible(long address, int size) {
        return address >= NULL_GUARD_END
                && address <= END - size
                && (address + size <= STACK_GUARD_START || address >= STACK_GUARD_END);
    }

    /** Whether the byte at {@code address} belongs to the input region. */
    public static boolean isInput(long address) {
        return address >= INPUT_START && address < INPUT_END;
    }
}
