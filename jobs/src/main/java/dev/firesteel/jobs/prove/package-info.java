/** The jobs that prove: commit boundaries and draw challenges, prove segments and put their proofs together, verify. */
package dev.firesteel.jobs.prove;
