/** Statistics on primitive arrays: regressions, Student's t, non-negative least squares, bootstrap. No Spark. */
package dev.firesteel.jobs.report.stats;
