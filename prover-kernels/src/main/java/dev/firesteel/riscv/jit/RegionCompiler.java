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
import java.util.List;
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
    private final List<MemoryGroups> groups;
    private final Locals locals;
    private final Object[] frame;
    private final Map<Integer, Label> labels = new HashMap<>();
    /** Code behind the blocks, by the index at which the interpreter goes on. */
    private final Map<Integer, Label> exits = new TreeMap<>();

    private final Label leave = new Label();
    private final Label faulted = new Label();
    private final Label bottom = new Label();
    private int lastFrame = -1;
    private MethodVisitor out;
    private InstructionEmitter emitter;
    private MemoryEmitter memory;
    private JumpEmitter jumps;

    private RegionCompiler(Code code, RegionPlan plan) {
        this.code = code;
        this.plan = plan;
        this.groups = plan.blocks().stream()
                .map(block -> MemoryGroups.of(code, block))
                .toList();
        this.locals = new Locals(code, plan, groups);
        this.frame = locals.frame(SELF);
        plan.blocks().forEach(block -> labels.put(block.start(), new Label()));
    }

    /** Translates a region. The class is collected with its last instance. */
    static RegionCode compile(Code code, RegionPlan plan) {
        RegionCompiler compiler = new RegionCompiler(code, plan);
        byte[] bytes = compiler.classFile();
        try {
            RegionCode region = (RegionCode) MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
            region.setSize(compiler.bottom.getOffset());
            return region;
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
        jumps = new JumpEmitter(code, locals, out, emitter, leave, faulted);
        memory = new MemoryEmitter(code, locals, out, emitter, this::place);
        out.visitCode();
        method();
        out.visitLabel(bottom);
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
        memory.slowPaths();
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
        // Two labels may meet at one place, which may have one frame.
        if (label.getOffset() != lastFrame) {
            out.visitFrame(F_NEW, frame.length, frame, 0, NOTHING);
            lastFrame = label.getOffset();
        }
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
        for (int base : locals.grouped()) {
            int slot = locals.groupSlot(base);
            out.visitInsn(ACONST_NULL);
            out.visitVarInsn(ASTORE, slot + Locals.GROUP_STAMPS);
            out.visitInsn(ACONST_NULL);
            out.visitVarInsn(ASTORE, slot + Locals.GROUP_PAGE);
            out.visitInsn(ICONST_0);
            out.visitVarInsn(ISTORE, slot + Locals.GROUP_WORD);
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
            instruction(i, site + i - block.start(), ordinal);
        }
        int operation = code.operation(block.last());
        int lastSite = site + block.length() - 1;
        if (operation == Opcode.JAL) {
            jumps.link(block.last());
            goTo(block.target(), adjacent);
        } else if (operation == Opcode.JALR) {
            jumpRegister(block, lastSite, adjacent);
        } else if (operation >= Opcode.BEQ && operation <= Opcode.BGEU) {
            jumps.branch(block.last(), destination(block.target()));
            goTo(block.next(), adjacent);
        } else {
            instruction(block.last(), lastSite, ordinal);
            goTo(block.next(), adjacent);
        }
    }

    private void instruction(int index, int site, int block) {
        int operation = code.operation(index);
        if (operation >= Opcode.LB && operation <= Opcode.SD) {
            memory.emit(index, site, groups.get(block).at(index));
        } else {
            emitter.emit(index);
        }
    }

    private void jumpRegister(Block block, int site, int adjacent) {
        if (block.target() != RegionPlan.UNKNOWN) {
            jumps.link(block.last());
            goTo(block.target(), adjacent);
        } else {
            TreeMap<Integer, Label> returns = new TreeMap<>();
            if (code.rd(block.last()) == Code.SINK) {
                plan.returnPoints().forEach(point -> returns.put((int) code.addressOf(point), labels.get(point)));
            }
            jumps.jumpRegister(block.last(), site, returns);
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
}
