/**
 * The polynomial commitment: the columns of many tables stacked into one matrix and committed by one root, several commitments opened together at one
 * point. docs/protocol-opening.md has the protocol.
 *
 * <p>A column of 2^n rows is the multilinear polynomial in n variables that takes its cells as values; coordinate k of a point belongs to bit k of the
 * row. Sumchecks bind the highest variable first.
 */
package dev.firesteel.pcs;
