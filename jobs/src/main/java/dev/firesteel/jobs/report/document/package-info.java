/** What a report consists of, and how it is written: Markdown, one HTML file, CSV files, an output folder. */
package dev.firesteel.jobs.report.document;
