package dev.firesteel.chips;

import dev.firesteel.air.Trace;
import dev.firesteel.poly.Parallel;
import java.util.List;

/** Lookup tables of changed tables: what a prover does who lies in the others and wants all lookups answered that can be. */
public final class Recount {
    private static final List<String> LOOKUPS =
            List.of("program", "range", "byte", "image", "region", "keccak-constants", "sha-256-constants");

    private Recount() {}

    /** Sets the lookup tables' multiplicities in {@code main}, a trace per chip, to what the other tables look up. */
    public static void recount(RiscvTables tables, List<Trace> main) {
        LookupCounts counts = new LookupCounts(new ProgramRows(tables.program()), new RegionRows(tables.program()));
        try (Parallel parallel = new Parallel(1)) {
            for (int i = LOOKUPS.size(); i < main.size(); i++) {
                counts.add(RiscvTables.descriptions().get(i), main.get(i), parallel);
            }
        }
        main.set(0, counts.program(tables.preprocessed().get(0).height()));
        main.set(1, counts.range());
        main.set(2, counts.bytes());
        main.set(3, counts.image(tables.preprocessed().get(3).height()));
        main.set(4, counts.region(tables.preprocessed().get(4).height()));
        main.set(5, counts.keccakConstants(tables.preprocessed().get(5).height()));
        main.set(6, counts.sha256Constants(tables.preprocessed().get(6).height()));
    }
}
