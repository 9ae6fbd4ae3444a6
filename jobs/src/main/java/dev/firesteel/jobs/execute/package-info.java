/** The job that executes requests and cuts their executions into segments. */
package dev.firesteel.jobs.execute;
