/** The command line: one command a job, mounted here. */
package dev.firesteel.jobs.cli;
