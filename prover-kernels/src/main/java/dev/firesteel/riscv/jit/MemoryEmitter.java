package dev.firesteel.riscv.jit;

import static org.objectweb.asm.Opcodes.*;

import dev.firesteel.riscv.jit.MemoryGroups.Group;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Byte code for loads and stores: single ones through {@link FastMemory}, those of a {@link Group} inline. */
final class MemoryEmitter {
    private static final String FAST_MEMORY = Type.getInternalName(FastMemory.class);
    private static final String MEMORY = Type.getInternalName(Memory.class);
    private static final String MEMORY_LOCALS = "(" + Type.getDescriptor(Memory.class) + "[[J[[IIJ";
    private static final int WORDS_PER_PAGE_BITS = 13;

    private final Code code;
    private final Locals locals;
    private final MethodVisitor out;
    private final InstructionEmitter values;
    private final Consumer<Label> place;
    private final List<Runnable> slow = new ArrayList<>();

    /** @param place sets a label with the frame that all labels have */
    MemoryEmitter(Code code, Locals locals, MethodVisitor out, InstructionEmitter values, Consumer<Label> place) {
        this.code = code;
        this.locals = locals;
        this.out = out;
        this.values = values;
        this.place = place;
    }

    /** Emits the load or store at {@code index}; {@code group} may be null. */
    void emit(int index, int site, Group group) {
        if (group == null) {
            single(index, site);
            return;
        }
        if (group.first() == index) {
            lookUp(group);
        }
        grouped(index, site, group);
    }

    /** Emits what the accesses in groups jump to when they are not the common case. Belongs into the fault handler's range. */
    void slowPaths() {
        slow.forEach(Runnable::run);
    }

    private static boolean isLoad(int operation) {
        return operation <= Opcode.LWU;
    }

    private static String method(int operation) {
        String size =
                switch (MemoryGroups.size(operation)) {
                    case 1 -> "Byte";
                    case 2 -> "Half";
                    case 4 -> "Word";
                    default -> "Double";
                };
        return (isLoad(operation) ? "load" : "store") + size;
    }

    private void single(int index, int site) {
        int operation = code.operation(index);
        faultSite(site);
        out.visitVarInsn(ALOAD, Locals.MEMORY);
        out.visitVarInsn(ALOAD, Locals.PAGES);
        out.visitVarInsn(ALOAD, Locals.STAMPS);
        out.visitVarInsn(ILOAD, Locals.CURRENT);
        values.address(index);
        if (isLoad(operation)) {
            out.visitMethodInsn(INVOKESTATIC, FAST_MEMORY, method(operation), MEMORY_LOCALS + ")J", false);
            loaded(index);
        } else {
            values.register(code.rs2(index));
            out.visitMethodInsn(INVOKESTATIC, FAST_MEMORY, method(operation), MEMORY_LOCALS + "J)V", false);
        }
    }

    private void faultSite(int site) {
        values.intConstant(site);
        out.visitVarInsn(ISTORE, Locals.SITE);
    }

    /** Extends the zero-extended value on the stack as the load asks, and stores it. */
    private void loaded(int index) {
        int operation = code.operation(index);
        int rd = code.rd(index);
        if (rd == Code.SINK) {
            out.visitInsn(POP2);
            return;
        }
        if (operation == Opcode.LB || operation == Opcode.LH || operation == Opcode.LW) {
            out.visitInsn(L2I);
            if (operation != Opcode.LW) {
                out.visitInsn(operation == Opcode.LB ? I2B : I2S);
            }
            out.visitInsn(I2L);
        }
        out.visitVarInsn(LSTORE, locals.slot(rd));
    }

    private void lookUp(Group group) {
        int slot = locals.groupSlot(group.base());
        values.register(group.base());
        if (group.low() != 0) {
            values.constant(group.low());
            out.visitInsn(LADD);
        }
        values.intConstant(group.span());
        out.visitMethodInsn(INVOKESTATIC, FAST_MEMORY, "anchor", "(JI)I", false);
        out.visitInsn(DUP);
        out.visitIntInsn(SIPUSH, (1 << WORDS_PER_PAGE_BITS) - 1);
        out.visitInsn(IAND);
        out.visitVarInsn(ISTORE, slot + Locals.GROUP_WORD);
        values.intConstant(WORDS_PER_PAGE_BITS);
        out.visitInsn(IUSHR);
        out.visitInsn(DUP);
        out.visitVarInsn(ALOAD, Locals.STAMPS);
        out.visitInsn(SWAP);
        out.visitInsn(AALOAD);
        out.visitVarInsn(ASTORE, slot + Locals.GROUP_STAMPS);
        out.visitVarInsn(ALOAD, Locals.PAGES);
        out.visitInsn(SWAP);
        out.visitInsn(AALOAD);
        out.visitVarInsn(ASTORE, slot + Locals.GROUP_PAGE);
    }

    private void grouped(int index, int site, Group group) {
        int operation = code.operation(index);
        int slot = locals.groupSlot(group.base());
        int offset = code.immediate(index);
        int word = (offset - group.low()) >> 3;
        int shift = 8 * (offset & 7);
        Label uncommon = new Label();
        Label done = new Label();
        element(slot + Locals.GROUP_STAMPS, slot, word);
        out.visitInsn(IALOAD);
        out.visitVarInsn(ILOAD, Locals.CURRENT);
        out.visitJumpInsn(IF_ICMPNE, uncommon);
        element(slot + Locals.GROUP_PAGE, slot, word);
        if (isLoad(operation)) {
            out.visitInsn(LALOAD);
            extract(MemoryGroups.size(operation), shift);
            loaded(index);
        } else {
            replace(MemoryGroups.size(operation), shift, code.rs2(index));
            out.visitInsn(LASTORE);
        }
        place.accept(done);
        slow.add(() -> {
            place.accept(uncommon);
            faultSite(site);
            out.visitVarInsn(ALOAD, Locals.MEMORY);
            values.address(index);
            if (isLoad(operation)) {
                out.visitMethodInsn(INVOKEVIRTUAL, MEMORY, method(operation), "(J)J", false);
                loaded(index);
            } else {
                values.register(code.rs2(index));
                out.visitMethodInsn(INVOKEVIRTUAL, MEMORY, method(operation), "(JJ)V", false);
            }
            out.visitJumpInsn(GOTO, done);
        });
    }

    private void element(int array, int slot, int word) {
        out.visitVarInsn(ALOAD, array);
        out.visitVarInsn(ILOAD, slot + Locals.GROUP_WORD);
        if (word != 0) {
            values.intConstant(word);
            out.visitInsn(IADD);
        }
    }

    private static long mask(int size) {
        return size == 8 ? -1 : (1L << 8 * size) - 1;
    }

    private void extract(int size, int shift) {
        if (shift != 0) {
            values.intConstant(shift);
            out.visitInsn(LUSHR);
        }
        // The top part of a word needs no mask.
        if (shift + 8 * size < 64) {
            values.constant(mask(size));
            out.visitInsn(LAND);
        }
    }

    /** With array and index on the stack: pushes what the element becomes. */
    private void replace(int size, int shift, int register) {
        if (size == 8) {
            values.register(register);
            return;
        }
        out.visitInsn(DUP2);
        out.visitInsn(LALOAD);
        values.constant(~(mask(size) << shift));
        out.visitInsn(LAND);
        values.register(register);
        values.constant(mask(size));
        out.visitInsn(LAND);
        if (shift != 0) {
            values.intConstant(shift);
            out.visitInsn(LSHL);
        }
        out.visitInsn(LOR);
    }
}
