/**
 * Keccak-f[1600] and SHA-256's compression, once as computations that show their steps and once as constraints on bits. The machine's accelerators
 * execute the one and its tables hold the other; the Keccak example is made of the same.
 */
package dev.firesteel.functions;
