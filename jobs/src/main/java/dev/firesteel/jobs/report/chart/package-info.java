/** Plots: JFreeChart drawn as SVG with fixed text measures, so that no installed font is needed, and optionally as PNG. */
package dev.firesteel.jobs.report.chart;
