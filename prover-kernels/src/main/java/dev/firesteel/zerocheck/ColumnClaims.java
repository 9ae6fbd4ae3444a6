package dev.firesteel.zerocheck;

import java.util.List;

/**
 * What the zerocheck leaves: every column's value at one point, of which a table of height 2^n uses the first n coordinates.
 *
 * @param point coordinate k belongs to bit k of a row's index
 * @param tables values per table, in the layout's order
 */
public record ColumnClaims<E>(List<E> point, List<Table<E>> tables) {
    /** Values of one table's columns. */
    public record Table<E>(List<E> preprocessed, List<E> main) {}
}
