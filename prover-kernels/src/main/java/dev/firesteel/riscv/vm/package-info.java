/**
 * The inside of the machine: decoded code, memory, interpreter, and what another engine needs to take the interpreter's place
 * ({@link dev.firesteel.riscv.vm.Runner}). Public for engines, no API for anyone else.
 */
package dev.firesteel.riscv.vm;
