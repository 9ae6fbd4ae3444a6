/** The machine against independent arithmetic (BigInteger, from the ISA manual) and against qemu-user. */
package dev.firesteel.riscv.oracle;
