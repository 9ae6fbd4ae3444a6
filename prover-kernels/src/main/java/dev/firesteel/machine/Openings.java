package dev.firesteel.machine;

import dev.firesteel.pcs.PcsClaims;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.ColumnClaims;
import java.util.ArrayList;
import java.util.List;

/** The zerocheck's claims as the commitments see them: the preprocessed one, that of the boundary if the machine has boundary chips, the main one. */
final class Openings {
    private Openings() {}

    static <E> PcsClaims<E> claims(Machine machine, TableLayout layout, ColumnClaims<E> claims) {
        List<List<E>> preprocessed = new ArrayList<>();
        List<List<E>> boundary = new ArrayList<>();
        List<List<E>> main = new ArrayList<>();
        // The layout has the same order: the tallest first, equal ones in the machine's order.
        for (int t = 0; t < layout.tables().size(); t++) {
            ColumnClaims.Table<E> table = claims.tables().get(t);
            if (!table.preprocessed().isEmpty()) {
                preprocessed.add(table.preprocessed());
            }
            (layout.tables().get(t).chip().boundary() ? boundary : main).add(table.main());
        }
        return new PcsClaims<>(claims.point(), of(machine, preprocessed, boundary, main));
    }

    /** What is opened together, in order: the same on both sides. */
    static <T> List<T> of(Machine machine, T preprocessed, T boundary, T main) {
        return machine.hasBoundary() ? List.of(preprocessed, boundary, main) : List.of(preprocessed, main);
    }
}
