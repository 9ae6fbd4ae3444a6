/**
 * The constraint language: a chip is written once, against {@link dev.firesteel.air.ConstraintBuilder}, and prover, verifier, checker and
 * later the recursive verifier and the CUDA kernels are derived from it.
 */
package dev.firesteel.air;
