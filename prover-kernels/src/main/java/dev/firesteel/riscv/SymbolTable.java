package dev.firesteel.riscv;

import java.util.List;
import java.util.Locale;

/**
 * The function symbols of an ELF, for people to read: profiles and messages. Nothing that is executed or proved depends on it.
 * Sorted by address, at most one name per address. Immutable.
 */
public final class SymbolTable {
    /** No symbols. */
    public static final SymbolTable EMPTY = new SymbolTable(List.of());

    /**
     * One function.
     *
     * @param address its first instruction
     * @param size bytes; never reaches the next symbol
     * @param name as the linker wrote it (not demangled)
     */
    public record Symbol(long address, long size, String name) {}

    private final List<Symbol> symbols;
    private final long[] starts;

    /** Takes symbols that are strictly sorted by address. */
    SymbolTable(List<Symbol> sorted) {
        this.symbols = List.copyOf(sorted);
        this.starts = sorted.stream().mapToLong(Symbol::address).toArray();
        for (int i = 1; i < starts.length; i++) {
            if (starts[i - 1] >= starts[i]) {
                throw new IllegalArgumentException("symbols are not strictly sorted");
            }
        }
    }

    /** All functions by address. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** Number of functions. */
    public int size() {
        return starts.length;
    }

    /** Index in {@link #symbols()} of the function that covers {@code address}, or -1. */
    public int indexOf(long address) {
        int at = java.util.Arrays.binarySearch(starts, address);
        int candidate = at >= 0 ? at : -at - 2;
        if (candidate < 0) {
            return -1;
        }
        Symbol symbol = symbols.get(candidate);
        return address - symbol.address() < symbol.size() ? candidate : -1;
    }

    /** The function that covers {@code address}, or null. */
    public Symbol find(long address) {
        int index = indexOf(address);
        return index < 0 ? null : symbols.get(index);
    }

    /** {@code 0x00100000 <main+16>}, or the bare address when no function covers it. */
    public String describe(long address) {
        String hex = String.format(Locale.ROOT, "0x%08x", address);
        Symbol symbol = find(address);
        if (symbol == null) {
            return hex;
        }
        long offset = address - symbol.address();
        return hex + " <" + symbol.name() + (offset == 0 ? "" : "+" + offset) + ">";
    }
}
