package dev.firesteel.request;

import dev.firesteel.chips.RiscvTables;
import dev.firesteel.machine.Machine;
import dev.firesteel.machine.ProvingKey;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.Stored;
import dev.firesteel.riscv.Program;
import java.io.IOException;

/** What the prover of a program has before it sees an input. Immutable; made once, used for any number of runs. */
public final class ProgramSetup {
    /** Tables of at most 2^20 rows, for segments of at most as many cycles. */
    public static final int DEFAULT_LOG_HEIGHT = 20;

    private static final String MACHINE = "rv64im";

    private final RiscvTables tables;
    private final ProvingKey provingKey;
    private final ProgramKey programKey;

    private ProgramSetup(RiscvTables tables, ProvingKey provingKey, ProgramKey programKey) {
        this.tables = tables;
        this.provingKey = provingKey;
        this.programKey = programKey;
    }

    /** {@link #of(Program, SecurityPreset, int, Parallel)} for segments of at most 2^20 cycles. */
    public static ProgramSetup of(Program program, SecurityPreset preset, Parallel parallel) {
        return of(program, preset, DEFAULT_LOG_HEIGHT, parallel);
    }

    /**
     * Makes the keys of a program. The same arguments give the same keys.
     *
     * @param maxLogHeight the most rows of a table are 2^maxLogHeight
     * @throws IllegalArgumentException when the program's tables are taller than that
     */
    public static ProgramSetup of(Program program, SecurityPreset preset, int maxLogHeight, Parallel parallel) {
        RiscvTables tables = new RiscvTables(program);
        return of(tables, ProvingKey.setup(preset, machine(), maxLogHeight, tables.preprocessed(), parallel));
    }

    /**
     * The keys that {@link #store} gave to {@code from}.
     *
     * @throws IOException of {@code from}
     * @throws IllegalArgumentException when what comes from there is no key
     */
    static ProgramSetup restore(Program program, SecurityPreset preset, int maxLogHeight, Stored from)
            throws IOException {
        RiscvTables tables = new RiscvTables(program);
        return of(tables, ProvingKey.restore(preset, machine(), maxLogHeight, tables.preprocessed(), from));
    }

    private static Machine machine() {
        return new Machine(MACHINE, RiscvTables.descriptions());
    }

    private static ProgramSetup of(RiscvTables tables, ProvingKey key) {
        Program program = tables.program();
        return new ProgramSetup(tables, key, new ProgramKey(program.hash(), program.entry(), key.verifyingKey()));
    }

    /** Passes on what takes time to make. */
    void store(Stored to) throws IOException {
        provingKey.store(to);
    }

    /** The program's tables. */
    public RiscvTables tables() {
        return tables;
    }

    /** The prover's key. */
    public ProvingKey provingKey() {
        return provingKey;
    }

    /** The verifier's key. */
    public ProgramKey programKey() {
        return programKey;
    }
}
