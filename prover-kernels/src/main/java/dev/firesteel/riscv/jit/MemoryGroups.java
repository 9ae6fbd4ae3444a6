package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.jit.RegionPlan.Block;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads and stores of one block that use one base register between two writes to it: stack frames and structures. Their
 * page is looked up once; what remains per access is its word's stamp.
 *
 * <p>A lookup that fails yields the first words of page 0, whose stamps are never current because the null guard covers
 * them. That is enough for any group: aligned offsets of 12 bits span 4096 bytes, as many as the guard has.
 */
final class MemoryGroups {
    /** A lookup costs about as much as one and a half accesses. */
    private static final int WORTHWHILE = 3;
    /** One group. Mutable while blocks are scanned. */
    static final class Group {
        private final int base;
        private final int first;
        private int low = Integer.MAX_VALUE;
        private int high = Integer.MIN_VALUE;
        private int members;

        private Group(int base, int first) {
            this.base = base;
            this.first = first;
        }

        private void add(int offset, int size) {
            low = Math.min(low, offset & ~7);
            high = Math.max(high, offset + size - 1);
            members++;
        }

        /** The base register. */
        int base() {
            return base;
        }

        /** Index of the first access. */
        int first() {
            return first;
        }

        /** The least offset, rounded down to a word. */
        int low() {
            return low;
        }

        /** Bytes from {@link #low} to the last byte accessed, that one not counted. */
        int span() {
            return high - low;
        }
    }

    private final Map<Integer, Group> groups = new HashMap<>();

    private MemoryGroups() {}

    static MemoryGroups of(Code code, Block block) {
        MemoryGroups result = new MemoryGroups();
        Group[] open = new Group[32];
        for (int i = block.start(); i < block.next(); i++) {
            int operation = code.operation(i);
            int base = code.rs1(i);
            if (operation >= Opcode.LB && operation <= Opcode.SD && base != 0) {
                int size = size(operation);
                int offset = code.immediate(i);
                // With an aligned base, an offset that is not aligned never takes the fast path.
                if (offset % size == 0) {
                    if (open[base] == null) {
                        open[base] = new Group(base, i);
                    }
                    open[base].add(offset, size);
                    result.groups.put(i, open[base]);
                }
            }
            if (code.rd(i) != Code.SINK) {
                open[code.rd(i)] = null;
            }
        }
        result.groups.values().removeIf(group -> group.members < WORTHWHILE);
        return result;
    }

    /** The group of the access at {@code index}, or null. */
    Group at(int index) {
        return groups.get(index);
    }

    /** Bytes that a load or store accesses. */
    static int size(int operation) {
        return switch (operation) {
            case Opcode.LB, Opcode.LBU, Opcode.SB -> 1;
            case Opcode.LH, Opcode.LHU, Opcode.SH -> 2;
            case Opcode.LW, Opcode.LWU, Opcode.SW -> 4;
            default -> 8;
        };
    }
}
