/** Benchmarks of dev.firesteel.hash; results and what was expected: docs/benchmarks/hash.md. */
package dev.firesteel.bench.hash;
