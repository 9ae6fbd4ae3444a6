/** Writes a guest's profile in the formats that pprof and speedscope read. */
package dev.firesteel.riscv.profile;
