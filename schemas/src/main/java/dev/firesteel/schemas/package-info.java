/** The contracts between jobs: one table is one {@code .sql} file and one record. */
package dev.firesteel.schemas;
