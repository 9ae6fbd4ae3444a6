/**
 * Machines of a few chips each, with traces for them: what tests and benchmarks of the proof system prove. They are no part of the RISC-V
 * machine.
 */
package dev.firesteel.examples;
