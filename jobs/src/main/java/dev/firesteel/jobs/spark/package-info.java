/** Sessions, the warehouse and the conversion of records to rows: all that jobs share of Spark and Delta. */
package dev.firesteel.jobs.spark;
