/** Benchmarks of dev.firesteel.pcs. */
package dev.firesteel.bench.pcs;
