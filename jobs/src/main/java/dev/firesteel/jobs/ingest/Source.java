package dev.firesteel.jobs.ingest;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A source that has been found to be readable; nothing has been written yet. */
interface Source {
    /** The path as shown. */
    String location();

    /** What it is. */
    SourceKind kind();

    /** Bytes that its requests may take, at most about this: decides over how many files they are spread. */
    long bytes();

    /**
     * Its rows in {@link Ingested#SCHEMA}, read lazily. May be evaluated more than once, with equal results but for the
     * times.
     *
     * @param programs takes the programs that the rows refer to, before this method returns
     */
    Dataset<Row> rows(SparkSession spark, Programs programs, String runId);
}
