/** The RISC-V machine: ELF loading, execution, segmentation. See {@code docs/machine.md}. */
package dev.firesteel.riscv;
