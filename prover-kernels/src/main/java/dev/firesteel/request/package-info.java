/**
 * One run of a RISC-V program proved segment by segment, and verified: the program's key, what each segment claims, the global challenge, the core proof. docs/core-proof.md is
 * the format.
 */
package dev.firesteel.request;
