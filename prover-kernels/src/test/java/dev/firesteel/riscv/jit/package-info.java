/** The translator against the interpreter, with settings that no user has. */
package dev.firesteel.riscv.jit;
