package dev.firesteel.jobs.ingest;

/** The kinds of sources that the job reads (docs/witness.md). */
public enum SourceKind {
    /** A folder with a {@code manifest.json}, or that file. */
    MANIFEST,
    /** Parquet with the parts of blocks and their execution witnesses. */
    BLOCK,
    /** {@code blockchain_tests} JSON of the execution-spec tests, one file or a folder of them. */
    EEST
}
