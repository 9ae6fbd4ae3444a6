package dev.firesteel.riscv.jit;

import static org.objectweb.asm.Opcodes.*;

import dev.firesteel.riscv.jit.RegionPlan.Block;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.MemoryFault;
import dev.firesteel.riscv.vm.Opcode;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Makes a class of one region. */
final class RegionCompiler {
    private static final String SELF = "dev/firesteel/riscv/jit/TranslatedRegion";
    private static final String SUPER = Type.getInternalName(RegionCode.class);
    private static final String MACHINE = Type.getInternalName(Machine.class);
    private static final String MEMORY = Type.getInternalName(Memory.class);
    private static final String FRAME = Type.getInternalName(Frame.class);
    private static final String FAULT = Type.getInternalName(MemoryFault.class);
    private static final Object[] NOTHING = {};

    private final Code code;
    private final RegionPlan plan;
    private final Locals locals;
    private final Object[] frame;
    private final Map<Integer, Label> labels = new HashMap<>();
    /** Code behind the blocks, by the index at which the interpreter goes on. */
    private final Map<Integer, Label> exits = new TreeMap<>();

    private final Label leave = new Label();
    private final Label faulted = new Label();
    private MethodVisitor out;
    private InstructionEmitter emitter;

    private RegionCompiler(Code code, RegionPlan plan) {
        this.code = code;
        this.plan = plan;
        this.locals = new Locals(code, plan);
        this.frame = locals.frame(SELF);
        plan.blocks().forEach(block -> labels.put(block.start(), new Label()));
    }

    /** Translates a region. The class is collected with its last instance. */
    static RegionCode compile(Code code, RegionPlan plan) {
        byte[] bytes = new RegionCompiler(code, plan).classFile();
        try {
            return (RegionCode) MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a translated region cannot be loaded", e);
        }
    }

    private byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, SELF, null, SUPER, null);
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(ALOAD, 0);
        init.visitMethodInsn(INVOKESPECIAL, SUPER, "<init>", "()V", false);
        init.visitInsn(RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        out = writer.visitMethod(0, "run", "(L" + MACHINE + ";L" + FRAME + ";)I", null, null);
        emitter = new InstructionEmitter(code, locals, out);
        out.visitCode();
        method();
        out.visitMaxs(0, 0);
        out.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void method() {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        out.visitTryCatchBlock(start, end, handler, FAULT);
        prologue();
        out.visitJumpInsn(GOTO, labels.get(plan.head()));
        out.visitLabel(start);
        int site = 0;
        for (int b = 0; b < plan.blocks().size(); b++) {
            Block block = plan.blocks().get(b);
            Block following = b + 1 < plan.blocks().size() ? plan.blocks().get(b + 1) : null;
            block(block, b, site, following == null ? -1 : following.start());
            site += block.length();
        }
        out.visitLabel(end);
        for (Block block : plan.blocks()) {
            refuse(block);
        }
        exits.forEach((index, label) -> {
            place(label);
            goOnAt(index);
        });
        place(leave);
        writeBack();
        out.visitVarInsn(ALOAD, Locals.MACHINE);
        out.visitVarInsn(LLOAD, Locals.NEXT);
        out.visitFieldInsn(PUTFIELD, MACHINE, "pc", "J");
        emitter.intConstant(RegionCode.LEFT);
        out.visitInsn(IRETURN);
        out.visitLabel(handler);
        out.visitFrame(F_NEW, frame.length, frame, 1, new Object[] {FAULT});
        out.visitInsn(POP);
        place(faulted);
        writeBack();
        out.visitVarInsn(ILOAD, Locals.SITE);
        out.visitInsn(IRETURN);
    }

    private void place(Label label) {
        out.visitLabel(label);
        out.visitFrame(F_NEW, frame.length, frame, 0, NOTHING);
    }

    private void prologue() {
        out.visitVarInsn(ALOAD, Locals.MACHINE);
        out.visitFieldInsn(GETFIELD, MACHINE, "memory", "L" + MEMORY + ";");
        out.visitVarInsn(ASTORE, Locals.MEMORY);
        fromMemory("pages", "()[[J", ASTORE, Locals.PAGES);
        fromMemory("stampPages", "()[[I", ASTORE, Locals.STAMPS);
        fromMemory("currentStamp", "()I", ISTORE, Locals.CURRENT);
        out.visitVarInsn(ALOAD, Locals.MACHINE);
        out.visitFieldInsn(GETFIELD, MACHINE, "registers", "[J");
        out.visitVarInsn(ASTORE, Locals.REGISTERS);
        out.visitVarInsn(ALOAD, Locals.FRAME);
        out.visitFieldInsn(GETFIELD, FRAME, "counts", "[J");
        out.visitVarInsn(ASTORE, Locals.COUNTS);
        out.visitVarInsn(ALOAD, Locals.FRAME);
        out.visitFieldInsn(GETFIELD, FRAME, "budget", "I");
        out.visitVarInsn(ISTORE, Locals.BUDGET);
        out.visitInsn(ICONST_0);
        out.visitVarInsn(ISTORE, Locals.SITE);
        out.visitInsn(LCONST_0);
        out.visitVarInsn(LSTORE, Locals.NEXT);
        for (int register : locals.used()) {
            out.visitVarInsn(ALOAD, Locals.REGISTERS);
            emitter.intConstant(register);
            out.visitInsn(LALOAD);
            out.visitVarInsn(LSTORE, locals.slot(register));
        }
        // The greatest index is checked here, so that the compiler need not check those of the blocks.
        out.visitVarInsn(ALOAD, Locals.COUNTS);
        emitter.intConstant(plan.blocks().size() - 1);
        out.visitInsn(LALOAD);
        out.visitInsn(POP2);
    }

    private void fromMemory(String method, String descriptor, int store, int local) {
        out.visitVarInsn(ALOAD, Locals.MEMORY);
        out.visitMethodInsn(INVOKEVIRTUAL, MEMORY, method, descriptor, false);
        out.visitVarInsn(store, local);
    }

    private void writeBack() {
        for (int register : locals.written()) {
            out.visitVarInsn(ALOAD, Locals.REGISTERS);
            emitter.intConstant(register);
            out.visitVarInsn(LLOAD, locals.slot(register));
            out.visitInsn(LASTORE);
        }
        out.visitVarInsn(ALOAD, Locals.FRAME);
        out.visitVarInsn(ILOAD, Locals.BUDGET);
        out.visitFieldInsn(PUTFIELD, FRAME, "budget", "I");
    }

    /** @param adjacent index of the block that is emitted next, -1 when there is none */
    private void block(Block block, int ordinal, int site, int adjacent) {
        place(labels.get(block.start()));
        out.visitIincInsn(Locals.BUDGET, -block.length());
        out.visitVarInsn(ILOAD, Locals.BUDGET);
        out.visitJumpInsn(IFLT, labels.computeIfAbsent(~block.start(), i -> new Label()));
        out.visitVarInsn(ALOAD, Locals.COUNTS);
        emitter.intConstant(ordinal);
        out.visitInsn(DUP2);
        out.visitInsn(LALOAD);
        out.visitInsn(LCONST_1);
        out.visitInsn(LADD);
        out.visitInsn(LASTORE);
        for (int i = block.start(); i < block.last(); i++) {
            emitter.emit(i, site + i - block.start());
        }
        int operation = code.operation(block.last());
        int lastSite = site + block.length() - 1;
        if (operation == Opcode.JAL) {
            link(block.last());
            goTo(block.target(), adjacent);
        } else if (operation == Opcode.JALR) {
            jumpRegister(block, lastSite, adjacent);
        } else if (operation >= Opcode.BEQ && operation <= Opcode.BGEU) {
            branch(operation, block);
            goTo(block.next(), adjacent);
        } else {
            emitter.emit(block.last(), lastSite);
            goTo(block.next(), adjacent);
        }
    }

    /** The block does not fit in the budget: nothing of it was executed. */
    private void refuse(Block block) {
        place(labels.get(~block.start()));
        out.visitIincInsn(Locals.BUDGET, block.length());
        goOnAt(block.start());
    }

    private void goOnAt(int index) {
        emitter.constant(code.addressOf(index));
        out.visitVarInsn(LSTORE, Locals.NEXT);
        out.visitJumpInsn(GOTO, leave);
    }

    private Label destination(int index) {
        Label label = labels.get(index);
        return label != null ? label : exits.computeIfAbsent(index, i -> new Label());
    }

    private void goTo(int index, int adjacent) {
        if (index != adjacent) {
            out.visitJumpInsn(GOTO, destination(index));
        }
    }

    private void link(int index) {
        if (code.rd(index) != Code.SINK) {
            emitter.constant(code.addressOf(index) + 4);
            out.visitVarInsn(LSTORE, locals.slot(code.rd(index)));
        }
    }

    private void branch(int operation, Block block) {
        comparand(operation, code.rs1(block.last()));
        comparand(operation, code.rs2(block.last()));
        out.visitInsn(LCMP);
        int jump =
                switch (operation) {
                    case Opcode.BEQ -> IFEQ;
                    case Opcode.BNE -> IFNE;
                    case Opcode.BLT, Opcode.BLTU -> IFLT;
                    default -> IFGE;
                };
        out.visitJumpInsn(jump, destination(block.target()));
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

    private void jumpRegister(Block block, int site, int adjacent) {
        int index = block.last();
        if (block.target() != RegionPlan.UNKNOWN) {
            link(index);
            goTo(block.target(), adjacent);
            return;
        }
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
        if (code.rd(index) == Code.SINK && !plan.returnPoints().isEmpty()) {
            returns();
        } else {
            out.visitJumpInsn(GOTO, leave);
        }
    }

    /** Returns to calls of this region stay in it. */
    private void returns() {
        // Above 4 GiB there is no code, and the switch sees the low half only.
        out.visitVarInsn(LLOAD, Locals.NEXT);
        emitter.intConstant(32);
        out.visitInsn(LUSHR);
        out.visitInsn(LCONST_0);
        out.visitInsn(LCMP);
        out.visitJumpInsn(IFNE, leave);
        TreeMap<Integer, Label> cases = new TreeMap<>();
        plan.returnPoints().forEach(point -> cases.put((int) code.addressOf(point), labels.get(point)));
        out.visitVarInsn(LLOAD, Locals.NEXT);
        out.visitInsn(L2I);
        out.visitLookupSwitchInsn(
                leave,
                cases.keySet().stream().mapToInt(Integer::intValue).toArray(),
                cases.values().toArray(new Label[0]));
    }
}
