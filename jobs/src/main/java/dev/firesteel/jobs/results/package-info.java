/**
 * Benchmark result files of the ecosystem: reading trees and packs of them into {@code benchmark_results}, and writing that
 * table and our own executions back in the same form.
 */
package dev.firesteel.jobs.results;
