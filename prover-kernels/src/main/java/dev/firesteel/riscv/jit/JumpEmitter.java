package dev.firesteel.riscv.jit;

import static org.objectweb.asm.Opcodes.*;

import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.util.SortedMap;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Byte code for links, branches and indirect jumps. */
final class JumpEmitter {
    private final Code code;
    private final Locals locals;
    private final MethodVisitor out;
    private final InstructionEmitter emitter;
    private final Label leave;
    private final Label faulted;

    /**
     * @param leave leaves the region for the address in {@link Locals#NEXT}
     * @param faulted leaves it so that the interpreter executes the instruction of {@link Locals#SITE}
     */
    JumpEmitter(Code code, Locals locals, MethodVisitor out, InstructionEmitter emitter, Label leave, Label faulted) {
        this.code = code;
        this.locals = locals;
        this.out = out;
        this.emitter = emitter;
        this.leave = leave;
        this.faulted = faulted;
    }

    /** Sets rd of the jump at {@code index}. */
    void link(int index) {
        if (code.rd(index) != Code.SINK) {
            emitter.constant(code.addressOf(index) + 4);
            out.visitVarInsn(LSTORE, locals.slot(code.rd(index)));
        }
    }

    /** Jumps to {@code target} when the branch at {@code index} is taken. */
    void branch(int index, Label target) {
        int operation = code.operation(index);
        comparand(operation, code.rs1(index));
        comparand(operation, code.rs2(index));
        out.visitInsn(LCMP);
        int jump =
                switch (operation) {
                    case Opcode.BEQ -> IFEQ;
                    case Opcode.BNE -> IFNE;
                    case Opcode.BLT, Opcode.BLTU -> IFLT;
                    default -> IFGE;
                };
        out.visitJumpInsn(jump, target);
    }

    private void comparand(int operation, int register) {
        boolean unsigned = operation == Opcode.BLTU || operation == Opcode.BGEU;
        if (unsigned && register == 0) {
            out.visitLdcInsn(Long.MIN_VALUE);
            return;
        }
        emitter.register(register);
        if (unsigned) {
            out.visitLdcInsn(Long.MIN_VALUE);
            out.visitInsn(LADD);
        }
    }

    /**
     * The JALR at {@code index}, whose target is not known.
     *
     * @param returns places in the region that it may go to, by the low half of their address
     */
    void jumpRegister(int index, int site, SortedMap<Integer, Label> returns) {
        emitter.address(index);
        out.visitLdcInsn(~1L);
        out.visitInsn(LAND);
        out.visitVarInsn(LSTORE, Locals.NEXT);
        // A misaligned target traps: the interpreter does that.
        emitter.intConstant(site);
        out.visitVarInsn(ISTORE, Locals.SITE);
        out.visitVarInsn(LLOAD, Locals.NEXT);
        out.visitInsn(L2I);
        out.visitInsn(ICONST_2);
        out.visitInsn(IAND);
        out.visitJumpInsn(IFNE, faulted);
        link(index);
        if (returns.isEmpty()) {
            out.visitJumpInsn(GOTO, leave);
            return;
        }
        // Above 4 GiB there is no code, and the switch sees the low half only.
        out.visitVarInsn(LLOAD, Locals.NEXT);
        emitter.intConstant(32);
        out.visitInsn(LUSHR);
        out.visitInsn(LCONST_0);
        out.visitInsn(LCMP);
        out.visitJumpInsn(IFNE, leave);
        out.visitVarInsn(LLOAD, Locals.NEXT);
        out.visitInsn(L2I);
        out.visitLookupSwitchInsn(
                leave,
                returns.keySet().stream().mapToInt(Integer::intValue).toArray(),
                returns.values().toArray(new Label[0]));
    }
}
