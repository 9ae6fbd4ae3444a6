/**
 * LogUp-GKR: the messages of all tables as one sum of fractions (U. Haböck, S. Papini, "Improving logarithmic derivative lookups using
 * GKR", eprint 2023/1284).
 */
package dev.firesteel.gkr;
