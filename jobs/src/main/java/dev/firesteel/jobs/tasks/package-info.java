/** What the tasks of all stages have in common: pieces of work, attempts at them, failures, progress, the heap that they share. */
package dev.firesteel.jobs.tasks;
