package dev.firesteel.riscv;

import java.util.List;

/**
 * Cycles per call path, from the ELF's symbols. The paths form a tree whose root stands for the program; a function's own cycles are
 * those between its calls.
 *
 * @param programName name of the program
 * @param cycles cycles of the run; the sum of all {@link Node#cycles()}
 * @param nodes the tree; node 0 is the root, every parent comes before its children
 */
public record Profile(String programName, long cycles, List<Node> nodes) {
    /**
     * One call path.
     *
     * @param parent index of the caller's node, -1 for the root
     * @param function name of the function, or its address in hexadecimal
     * @param address its first instruction
     * @param cycles instructions executed in this function itself when called on this path
     */
    public record Node(int parent, String function, long address, long cycles) {}

    /** Copies the list. */
    public Profile {
        nodes = List.copyOf(nodes);
    }
}
