/** Care of the tables: create, describe, optimize, vacuum. */
package dev.firesteel.jobs.tables;
