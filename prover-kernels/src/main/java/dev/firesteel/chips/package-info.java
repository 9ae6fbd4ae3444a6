/**
 * The tables of RV64IM: one chip per instruction family, the program, lookup tables and memory, and what fills them from a segment.
 * docs/riscv-tables.md is the design. Knows what an instruction does only from {@link dev.firesteel.riscv}, by running it.
 */
package dev.firesteel.chips;
