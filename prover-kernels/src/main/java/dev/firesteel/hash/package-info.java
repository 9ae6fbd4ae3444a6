/**
 * Poseidon2 and what is made of it: row hashes, Merkle trees with multi-openings, the duplex transcript. Formats: docs/protocol-transcript.md; why this
 * width and these modes: docs/decisions/0004-hash.md.
 */
package dev.firesteel.hash;
