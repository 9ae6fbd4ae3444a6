/**
 * Arithmetic: KoalaBear in Montgomery form, its degree-5 extension, and the kernels over primitive arrays (scalar and Vector API) behind one
 * provider.
 */
package dev.firesteel.field;
