package dev.firesteel.machine;

import dev.firesteel.pcs.PcsClaims;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.ColumnClaims;
import java.util.ArrayList;
import java.util.List;

/** The zerocheck's claims as the two commitments see them: first the preprocessed one, then the main one. */
final class Openings {
    private Openings() {}

    static <E> PcsClaims<E> claims(TableLayout layout, ColumnClaims<E> claims) {
        List<List<E>> preprocessed = new ArrayList<>();
        List<List<E>> main = new ArrayList<>();
        // The layout has the same order: the tallest first, equal ones in the machine's order.
        for (int t = 0; t < layout.tables().size(); t++) {
            ColumnClaims.Table<E> table = claims.tables().get(t);
            if (!table.preprocessed().isEmpty()) {
                preprocessed.add(table.preprocessed());
            }
            main.add(table.main());
        }
        return new PcsClaims<>(claims.point(), List.of(preprocessed, main));
    }
}
