/** Benchmarks of dev.firesteel.field and dev.firesteel.poly; results and what was expected: docs/benchmarks/field.md. */
package dev.firesteel.bench.field;
