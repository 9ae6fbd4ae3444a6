/**
 * All constraints of all tables, and what LogUp-GKR claims of their messages, in one sumcheck, after which every column is claimed at one
 * point.
 */
package dev.firesteel.zerocheck;
