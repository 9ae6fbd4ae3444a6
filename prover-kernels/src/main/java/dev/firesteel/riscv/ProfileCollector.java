package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.CallListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows calls and returns and counts cycles per call path. What is a call and what a return follows the hints for return-address
 * stacks (RISC-V Instruction Set Manual, volume I, "Unconditional Jumps"): x1 and x5 are link registers; a jump that writes one calls;
 * a JALR that reads one, and writes none or the other one, returns. Any other jump into the start of another function is a tail call.
 */
final class ProfileCollector implements CallListener {
    /** Deeper calls count for the function at this depth: runaway recursion must not fill the heap. */
    private static final int MAX_DEPTH = 1 << 12;
    /** More call paths than this are counted for their caller. */
    private static final int MAX_NODES = 1 << 20;

    private static final int RA = 1;
    private static final int T0 = 5;

    private final Program program;
    private final SymbolTable symbols;
    private final List<Frame> nodes = new ArrayList<>();
    private final Map<Edge, Frame> children = new HashMap<>();
    private final long[] returnAddresses = new long[MAX_DEPTH + 1];
    private final Frame[] stack = new Frame[MAX_DEPTH + 1];
    private int depth;
    private long attributed;

    private static final class Frame {
        private final int index;
        private final int parent;
        private final long function;
        private long cycles;

        private Frame(int index, int parent, long function) {
            this.index = index;
            this.parent = parent;
            this.function = function;
        }
    }

    private record Edge(int parent, long function) {}

    ProfileCollector(Program program) {
        this.program = program;
        this.symbols = program.symbols();
        Frame root = new Frame(0, -1, functionAt(program.entry()));
        nodes.add(root);
        stack[0] = root;
    }

    /** Start of the function that covers an address; the address itself where no symbol does. */
    private long functionAt(long address) {
        SymbolTable.Symbol symbol = symbols.find(address);
        return symbol == null ? address : symbol.address();
    }

    @Override
    public void jumped(int rd, int rs1, long from, long target, long cycle) {
        stack[depth].cycles += cycle - attributed;
        attributed = cycle;
        boolean links = isLink(rd);
        if (isLink(rs1) && rd != rs1) {
            unwind(target);
        }
        if (links) {
            push(functionAt(target), from + 4);
        } else if (!isLink(rs1) && startsAnotherFunction(target)) {
            // A tail call: the new function returns to the caller's caller.
            long returnAddress = returnAddresses[depth];
            if (depth > 0) {
                depth--;
            }
            push(target, returnAddress);
        }
    }

    private static boolean isLink(int register) {
        return register == RA || register == T0;
    }

    private boolean startsAnotherFunction(long target) {
        SymbolTable.Symbol symbol = symbols.find(target);
        return symbol != null && symbol.address() == target && stack[depth].function != target;
    }

    /** Pops to the frame that was to return to {@code target}; longjmp may pop several, an unknown address pops none. */
    private void unwind(long target) {
        for (int d = depth; d > 0; d--) {
            if (returnAddresses[d] == target) {
                depth = d - 1;
                return;
            }
        }
    }

    private void push(long function, long returnAddress) {
        if (depth == MAX_DEPTH) {
            return;
        }
        Frame parent = stack[depth];
        Frame child = children.get(new Edge(parent.index, function));
        if (child == null) {
            if (nodes.size() == MAX_NODES) {
                child = parent;
            } else {
                child = new Frame(nodes.size(), parent.index, function);
                nodes.add(child);
                children.put(new Edge(parent.index, function), child);
            }
        }
        depth++;
        stack[depth] = child;
        returnAddresses[depth] = returnAddress;
    }

    /** The profile of a run that ended after {@code cycles} cycles. */
    Profile finish(long cycles) {
        stack[depth].cycles += cycles - attributed;
        attributed = cycles;
        List<Profile.Node> result = new ArrayList<>();
        for (Frame node : nodes) {
            SymbolTable.Symbol symbol = symbols.find(node.function);
            String name = symbol == null ? "0x" + Long.toHexString(node.function) : symbol.name();
            result.add(new Profile.Node(node.parent, name, node.function, node.cycles));
        }
        return new Profile(program.name(), cycles, result);
    }
}
