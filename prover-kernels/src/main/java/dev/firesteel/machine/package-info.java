/**
 * Any set of chips as a machine: its keys, its prover and its verifier. Knows nothing of what the chips compute. docs/protocol.md is the protocol.
 */
package dev.firesteel.machine;
