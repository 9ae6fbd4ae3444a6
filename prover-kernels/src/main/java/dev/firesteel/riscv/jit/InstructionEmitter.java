package dev.firesteel.riscv.jit;

import static org.objectweb.asm.Opcodes.*;

import dev.firesteel.riscv.vm.Arithmetic;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Byte code for the instructions that neither jump nor touch memory. */
final class InstructionEmitter {
    private static final String ARITHMETIC = Type.getInternalName(Arithmetic.class);
    private static final String COMPARISONS = Type.getInternalName(Comparisons.class);

    private final Code code;
    private final Locals locals;
    private final MethodVisitor out;

    InstructionEmitter(Code code, Locals locals, MethodVisitor out) {
        this.code = code;
        this.locals = locals;
        this.out = out;
    }

    /** Emits the instruction at {@code index}, which neither jumps nor touches memory. */
    void emit(int index) {
        int operation = code.operation(index);
        int rd = code.rd(index);
        if (rd != Code.SINK && operation != Opcode.FENCE) {
            value(operation, index);
            out.visitVarInsn(LSTORE, locals.slot(rd));
        }
    }

    /** Pushes a guest register. */
    void register(int register) {
        if (register == 0) {
            out.visitInsn(LCONST_0);
        } else {
            out.visitVarInsn(LLOAD, locals.slot(register));
        }
    }

    /** Pushes a long constant. */
    void constant(long value) {
        if (value == 0 || value == 1) {
            out.visitInsn(value == 0 ? LCONST_0 : LCONST_1);
        } else {
            out.visitLdcInsn(value);
        }
    }

    /** Pushes an int constant. */
    void intConstant(int value) {
        if (value >= -1 && value <= 5) {
            out.visitInsn(ICONST_0 + value);
        } else if (value == (byte) value) {
            out.visitIntInsn(BIPUSH, value);
        } else if (value == (short) value) {
            out.visitIntInsn(SIPUSH, value);
        } else {
            out.visitLdcInsn(value);
        }
    }

    /** Pushes rs1 + immediate. */
    void address(int index) {
        register(code.rs1(index));
        if (code.immediate(index) != 0) {
            constant(code.immediate(index));
            out.visitInsn(LADD);
        }
    }

    /** Pushes what rd becomes. */
    private void value(int operation, int index) {
        switch (operation) {
            case Opcode.LUI -> constant(code.immediate(index));
            case Opcode.AUIPC -> constant(code.addressOf(index) + code.immediate(index));
            case Opcode.ADDI -> {
                if (code.rs1(index) == 0) {
                    constant(code.immediate(index));
                } else {
                    address(index);
                }
            }
            case Opcode.SLTI -> compare("lessThan", index, true);
            case Opcode.SLTIU -> compare("lessThanUnsigned", index, true);
            case Opcode.SLT -> compare("lessThan", index, false);
            case Opcode.SLTU -> compare("lessThanUnsigned", index, false);
            case Opcode.XORI -> immediate(LXOR, index);
            case Opcode.ORI -> immediate(LOR, index);
            case Opcode.ANDI -> immediate(LAND, index);
            case Opcode.SLLI -> shiftImmediate(LSHL, index);
            case Opcode.SRLI -> shiftImmediate(LUSHR, index);
            case Opcode.SRAI -> shiftImmediate(LSHR, index);
            case Opcode.ADD -> binary(LADD, index);
            case Opcode.SUB -> binary(LSUB, index);
            case Opcode.XOR -> binary(LXOR, index);
            case Opcode.OR -> binary(LOR, index);
            case Opcode.AND -> binary(LAND, index);
            case Opcode.MUL -> binary(LMUL, index);
            case Opcode.SLL -> shift(LSHL, index);
            case Opcode.SRL -> shift(LUSHR, index);
            case Opcode.SRA -> shift(LSHR, index);
            case Opcode.ADDIW -> {
                address(index);
                word();
            }
            case Opcode.SLLIW -> shiftWordImmediate(ISHL, index);
            case Opcode.SRLIW -> shiftWordImmediate(IUSHR, index);
            case Opcode.SRAIW -> shiftWordImmediate(ISHR, index);
            case Opcode.ADDW -> {
                binary(LADD, index);
                word();
            }
            case Opcode.SUBW -> {
                binary(LSUB, index);
                word();
            }
            case Opcode.MULW -> {
                binary(LMUL, index);
                word();
            }
            case Opcode.SLLW -> wordOperation(ISHL, index);
            case Opcode.SRLW -> wordOperation(IUSHR, index);
            case Opcode.SRAW -> wordOperation(ISHR, index);
            case Opcode.MULH -> {
                operands(index);
                out.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "multiplyHigh", "(JJ)J", false);
            }
            case Opcode.MULHSU -> arithmetic("multiplyHighSignedUnsigned", index);
            case Opcode.MULHU -> arithmetic("multiplyHighUnsigned", index);
            case Opcode.DIV -> arithmetic("divide", index);
            case Opcode.DIVU -> arithmetic("divideUnsigned", index);
            case Opcode.REM -> arithmetic("remainder", index);
            case Opcode.REMU -> arithmetic("remainderUnsigned", index);
            case Opcode.DIVW -> arithmeticWord("divideWord", index);
            case Opcode.DIVUW -> arithmeticWord("divideUnsignedWord", index);
            case Opcode.REMW -> arithmeticWord("remainderWord", index);
            case Opcode.REMUW -> arithmeticWord("remainderUnsignedWord", index);
            default -> throw new IllegalArgumentException("cannot translate " + Opcode.name(operation));
        }
    }

    private void operands(int index) {
        register(code.rs1(index));
        register(code.rs2(index));
    }

    private void binary(int instruction, int index) {
        operands(index);
        out.visitInsn(instruction);
    }

    private void immediate(int instruction, int index) {
        register(code.rs1(index));
        constant(code.immediate(index));
        out.visitInsn(instruction);
    }

    private void compare(String method, int index, boolean withImmediate) {
        register(code.rs1(index));
        if (withImmediate) {
            constant(code.immediate(index));
        } else {
            register(code.rs2(index));
        }
        out.visitMethodInsn(INVOKESTATIC, COMPARISONS, method, "(JJ)J", false);
    }

    /** The JVM masks shift amounts as RISC-V does: 6 bits for long, 5 for int. */
    private void shift(int instruction, int index) {
        operands(index);
        out.visitInsn(L2I);
        out.visitInsn(instruction);
    }

    private void shiftImmediate(int instruction, int index) {
        register(code.rs1(index));
        intConstant(code.immediate(index));
        out.visitInsn(instruction);
    }

    private void shiftWordImmediate(int instruction, int index) {
        register(code.rs1(index));
        out.visitInsn(L2I);
        intConstant(code.immediate(index));
        out.visitInsn(instruction);
        out.visitInsn(I2L);
    }

    private void wordOperation(int instruction, int index) {
        wordOperands(index);
        out.visitInsn(instruction);
        out.visitInsn(I2L);
    }

    private void wordOperands(int index) {
        register(code.rs1(index));
        out.visitInsn(L2I);
        register(code.rs2(index));
        out.visitInsn(L2I);
    }

    private void word() {
        out.visitInsn(L2I);
        out.visitInsn(I2L);
    }

    private void arithmetic(String method, int index) {
        operands(index);
        out.visitMethodInsn(INVOKESTATIC, ARITHMETIC, method, "(JJ)J", false);
    }

    private void arithmeticWord(String method, int index) {
        wordOperands(index);
        out.visitMethodInsn(INVOKESTATIC, ARITHMETIC, method, "(II)I", false);
        out.visitInsn(I2L);
    }
}
