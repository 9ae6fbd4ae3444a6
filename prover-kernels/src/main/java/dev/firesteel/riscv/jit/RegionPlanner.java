package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.jit.RegionPlan.Block;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** Chooses the blocks of a region: from its head along direct jumps, the most executed ones first, until it is full. */
final class RegionPlanner {
    /** A longer block is cut in two, so that a budget that is nearly spent can still be spent in regions. */
    private static final int MAX_BLOCK = 64;

    private final Code code;
    private final IntUnaryOperator heat;
    private final int maxCost;

    /**
     * Plans regions of one program.
     *
     * @param heat how often the block at an index was entered by the interpreter; 0 keeps it out of regions
     * @param maxCost the most {@link ByteCodeCost} of a region
     */
    RegionPlanner(Code code, IntUnaryOperator heat, int maxCost) {
        this.code = code;
        this.heat = heat;
        this.maxCost = maxCost;
    }

    /**
     * Whether the interpreter always executes the instruction at {@code index}: ECALL, what traps, and direct jumps to where no
     * instruction is (they trap if taken, or leave the stretch).
     */
    private boolean interpreted(int index) {
        int operation = code.operation(index);
        return operation >= Opcode.ECALL
                || (operation >= Opcode.JAL
                        && operation <= Opcode.BGEU
                        && operation != Opcode.JALR
                        && code.targetIndex(index) < 0);
    }

    /** The region from {@code head}, or null when its first instruction is the interpreter's. */
    RegionPlan plan(int head) {
        if (interpreted(head)) {
            return null;
        }
        TreeSet<Integer> leaders = choose(head);
        List<Block> blocks = new ArrayList<>();
        TreeSet<Integer> returns = new TreeSet<>();
        for (int leader : leaders) {
            Integer following = leaders.higher(leader);
            Block block = scan(leader, following == null ? Integer.MAX_VALUE : following);
            blocks.add(block);
            if (links(block.last()) && leaders.contains(block.next())) {
                returns.add(block.next());
            }
        }
        return new RegionPlan(head, List.copyOf(blocks), List.copyOf(returns));
    }

    private TreeSet<Integer> choose(int head) {
        Map<Integer, Integer> costs = new HashMap<>();
        TreeSet<Integer> leaders = new TreeSet<>();
        // Ties by index, so that a plan is a function of its inputs.
        PriorityQueue<Integer> open = new PriorityQueue<>(
                Comparator.<Integer>comparingInt(i -> -heat.applyAsInt(i)).thenComparingInt(i -> i));
        open.add(head);
        int cost = ByteCodeCost.METHOD;
        while (!open.isEmpty()) {
            int leader = open.poll();
            if (leaders.contains(leader) || interpreted(leader)) {
                continue;
            }
            Integer following = leaders.higher(leader);
            Block block = scan(leader, following == null ? Integer.MAX_VALUE : following);
            int added = cost(block);
            Integer before = leaders.lower(leader);
            if (before != null && scan(before, Integer.MAX_VALUE).next() > leader && costs.containsKey(before)) {
                // It only splits a block that is paid for.
                added = ByteCodeCost.BLOCK;
            }
            if (cost + added > maxCost && leader != head) {
                continue;
            }
            cost += added;
            leaders.add(leader);
            costs.put(leader, added);
            successors(block, open);
        }
        return leaders;
    }

    private void successors(Block block, PriorityQueue<Integer> open) {
        int operation = code.operation(block.last());
        if (block.target() != RegionPlan.UNKNOWN) {
            offer(block.target(), open);
        }
        if (!Opcode.endsBlock(operation)) {
            // Only this block leads there or a jump does that is offered by itself: it is as hot as its beginning.
            open.add(block.next());
        } else if (operation != Opcode.JAL && operation != Opcode.JALR || links(block.last())) {
            offer(block.next(), open);
        }
    }

    private void offer(int index, PriorityQueue<Integer> open) {
        if (heat.applyAsInt(index) > 0) {
            open.add(index);
        }
    }

    private boolean links(int index) {
        int operation = code.operation(index);
        return (operation == Opcode.JAL || operation == Opcode.JALR) && code.rd(index) != Code.SINK;
    }

    /** The block from {@code start}, which ends before {@code limit} at the latest. */
    private Block scan(int start, int limit) {
        int index = start;
        while (true) {
            if (Opcode.endsBlock(code.operation(index))) {
                if (interpreted(index)) {
                    return new Block(start, index - start, RegionPlan.UNKNOWN);
                }
                return new Block(start, index + 1 - start, target(start, index));
            }
            index++;
            if (index == limit || index - start == MAX_BLOCK) {
                return new Block(start, index - start, RegionPlan.UNKNOWN);
            }
        }
    }

    /** Where the jump at {@code index} goes. */
    private int target(int start, int index) {
        if (code.operation(index) != Opcode.JALR) {
            return code.targetIndex(index);
        }
        // The far call: AUIPC and JALR on one register, back to back.
        int before = index - 1;
        if (before >= start
                && code.operation(before) == Opcode.AUIPC
                && code.rd(before) != Code.SINK
                && code.rd(before) == code.rs1(index)) {
            long address = code.addressOf(before) + code.immediate(before) + code.immediate(index);
            return code.indexOf(address & ~1L);
        }
        return RegionPlan.UNKNOWN;
    }

    private int cost(Block block) {
        int cost = ByteCodeCost.BLOCK;
        MemoryGroups groups = MemoryGroups.of(code, block);
        for (int i = block.start(); i < block.next(); i++) {
            MemoryGroups.Group group = groups.at(i);
            if (group == null) {
                cost += ByteCodeCost.of(code.operation(i));
            } else {
                cost += ByteCodeCost.GROUPED + (group.first() == i ? ByteCodeCost.GROUP : 0);
            }
        }
        return cost;
    }
}
