/** The Spark jobs and the command line. */
package dev.firesteel.jobs;
