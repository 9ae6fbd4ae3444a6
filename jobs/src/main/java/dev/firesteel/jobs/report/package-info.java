/** {@code firesteel report}: regressions, cost models and summaries over the tables, with plots. */
package dev.firesteel.jobs.report;
