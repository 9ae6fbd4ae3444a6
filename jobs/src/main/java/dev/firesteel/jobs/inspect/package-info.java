/** Prints of an ELF, a witness row, a segment: what a person looks at when something is odd. */
package dev.firesteel.jobs.inspect;
