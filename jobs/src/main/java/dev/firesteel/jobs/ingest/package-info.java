/** The job that turns manifests, block witnesses and test fixtures into programs and witness rows. */
package dev.firesteel.jobs.ingest;
