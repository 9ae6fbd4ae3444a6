/**
 * What the protocols share: the channel between prover and verifier, which puts every message into the transcript before anything can
 * depend on it, and the layout of tables that both sides derive from the key and the heights.
 */
package dev.firesteel.protocol;
