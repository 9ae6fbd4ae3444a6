/** JMH benchmarks of the kernels. */
package dev.firesteel.bench;
