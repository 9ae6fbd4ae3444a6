/**
 * Polynomials: multilinear ones by their values, folding, tables of eq, and the number-theoretic transform over matrices.
 *
 * <p>Conventions. A multilinear polynomial in m variables X_1 … X_m is the table of its 2^m values on {0,1}^m; X_1 is the most significant bit of the
 * index, so binding X_1 combines the two halves of the table. A point is m consecutive elements r_1 … r_m. Matrices are row-major in one int array. A
 * transform takes coefficients in natural order of rows to values in bit-reversed order of rows, see {@link dev.firesteel.poly.Ntt}.
 */
package dev.firesteel.poly;
