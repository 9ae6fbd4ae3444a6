/**
 * The translator: hot guest code becomes JVM byte code, which the JVM's compiler then makes machine code of.
 *
 * <p>A <em>region</em> is one generated method: the basic blocks reachable from one hot address by direct branches, calls
 * and the returns from them, up to a size that the JVM still compiles. Guest registers are local variables inside it.
 * Everything rare (ECALL, traps, the last instructions before a limit) is left to the interpreter, so there is one
 * implementation of it. Results, counts and the points where segments are cut never depend on what was translated.
 */
package dev.firesteel.riscv.jit;
