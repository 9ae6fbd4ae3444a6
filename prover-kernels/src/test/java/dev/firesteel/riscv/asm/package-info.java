/** A small RV64IM assembler and ELF writer: test programs that need no cross compiler. */
package dev.firesteel.riscv.asm;
