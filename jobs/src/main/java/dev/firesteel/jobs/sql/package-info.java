/** SQL functions over proofs; docs/sql.md. They do on a row what the jobs do on a task. */
package dev.firesteel.jobs.sql;
