package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The local variables of a region's method: fixed ones, two slots for each guest register that the region reads or writes,
 * three for each base register of memory groups. All of them are set in the prologue, so every stack map frame is the same.
 */
final class Locals {
    static final int MACHINE = 1;
    static final int FRAME = 2;
    static final int MEMORY = 3;
    static final int REGISTERS = 4;
    static final int COUNTS = 5;
    static final int BUDGET = 6;
    /** Ordinal of the instruction that may fault. */
    static final int SITE = 7;
    /** Address to go on at; long. */
    static final int NEXT = 8;

    /** {@link dev.firesteel.riscv.vm.Memory#pages()}. */
    static final int PAGES = 10;
    /** {@link dev.firesteel.riscv.vm.Memory#stampPages()}. */
    static final int STAMPS = 11;
    /** {@link dev.firesteel.riscv.vm.Memory#currentStamp()}. */
    static final int CURRENT = 12;

    /** Offsets of the three locals of a base register with groups: stamps and words of its page, index of its first word. */
    static final int GROUP_STAMPS = 0;

    static final int GROUP_PAGE = 1;
    static final int GROUP_WORD = 2;

    private static final int FIRST = 13;

    private final int[] slots = new int[32];
    private final int[] groupSlots = new int[32];
    private final List<Integer> used = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private final List<Integer> grouped = new ArrayList<>();

    Locals(Code code, RegionPlan plan, List<MemoryGroups> groups) {
        int reads = 0;
        int writes = 0;
        int bases = 0;
        for (int b = 0; b < groups.size(); b++) {
            RegionPlan.Block block = plan.blocks().get(b);
            for (int i = block.start(); i < block.next(); i++) {
                bases |= groups.get(b).at(i) == null ? 0 : 1 << code.rs1(i);
                reads |= sources(code, i);
                writes |= code.rd(i) == Code.SINK ? 0 : 1 << code.rd(i);
            }
        }
        for (int r = 1; r < 32; r++) {
            if (((reads | writes) >>> r & 1) != 0) {
                slots[r] = FIRST + 2 * used.size();
                used.add(r);
            }
            if ((writes >>> r & 1) != 0) {
                written.add(r);
            }
        }
        for (int r = 1; r < 32; r++) {
            if ((bases >>> r & 1) != 0) {
                groupSlots[r] = FIRST + 2 * used.size() + 3 * grouped.size();
                grouped.add(r);
            }
        }
    }

    /** Bits of the registers that an instruction reads. */
    private static int sources(Code code, int index) {
        int operation = code.operation(index);
        if (operation == Opcode.LUI || operation == Opcode.AUIPC || operation == Opcode.JAL) {
            return 0;
        }
        boolean two = (operation >= Opcode.BEQ && operation <= Opcode.BGEU)
                || (operation >= Opcode.SB && operation <= Opcode.SD)
                || (operation >= Opcode.ADD && operation <= Opcode.AND)
                || (operation >= Opcode.ADDW && operation <= Opcode.REMUW);
        return 1 << code.rs1(index) | (two ? 1 << code.rs2(index) : 0);
    }

    /** First slot of a guest register that the region uses. */
    int slot(int register) {
        return slots[register];
    }

    /** First of the three slots of a base register that has groups. */
    int groupSlot(int base) {
        return groupSlots[base];
    }

    /** The base registers that have groups. */
    List<Integer> grouped() {
        return grouped;
    }

    List<Integer> used() {
        return used;
    }

    List<Integer> written() {
        return written;
    }

    /** The locals of every frame, as {@link org.objectweb.asm.MethodVisitor#visitFrame} wants them. */
    Object[] frame(String self) {
        List<Object> types = new ArrayList<>(List.of(
                self,
                Type.getInternalName(dev.firesteel.riscv.vm.Machine.class),
                Type.getInternalName(Frame.class),
                Type.getInternalName(dev.firesteel.riscv.vm.Memory.class),
                "[J",
                "[J",
                Opcodes.INTEGER,
                Opcodes.INTEGER,
                Opcodes.LONG,
                "[[J",
                "[[I",
                Opcodes.INTEGER));
        used.forEach(r -> types.add(Opcodes.LONG));
        grouped.forEach(r -> types.addAll(List.of("[I", "[J", Opcodes.INTEGER)));
        return types.toArray();
    }
}
