/** Commands that need no Spark: {@code local exec} and {@code local inspect}. */
package dev.firesteel.cli;
