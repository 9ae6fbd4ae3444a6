package dev.firesteel.request;

import dev.firesteel.air.Balance;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.air.Violation;
import dev.firesteel.chips.FirstLastChip;
import dev.firesteel.chips.Recount;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.SegmentTrace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.Boundary;
import dev.firesteel.machine.Prover;
import dev.firesteel.machine.PublicMessage;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A whole run as a cheating prover has it: all tables of all segments and all that the segments claim, to be changed. {@link #violations} says what is wrong
 * without proving, {@link #prove} makes the proof that a prover of such tables can make.
 */
final class ForgedRun {
    private static final List<ChipDescription> CHIPS = RiscvTables.descriptions();
    private static final int MOST = 1 << 16;

    private final ProgramSetup setup;
    private final List<List<Trace>> tables = new ArrayList<>();
    /** May be changed. */
    final List<SegmentClaim> claims = new ArrayList<>();
    /** May be changed. */
    RunStatement statement;

    private ForgedRun(ProgramSetup setup) {
        this.setup = setup;
    }

    /** The honest tables of a run, of whatever outcome, that claims to have halted. */
    static ForgedRun of(ProgramSetup setup, List<Segment> segments) {
        ForgedRun run = new ForgedRun(setup);
        SortedMap<Long, FirstLastChip.Word> words = new TreeMap<>();
        List<SegmentTrace> traces = new ArrayList<>();
        for (Segment segment : segments) {
            SegmentTrace trace = setup.tables().trace(segment);
            traces.add(trace);
            RiscvTables.words(
                    trace,
                    (address, in, earlier, out) -> words.merge(
                            address,
                            new FirstLastChip.Word(address, in, out, segment.index() + 1),
                            (before, now) ->
                                    new FirstLastChip.Word(address, before.first(), now.last(), now.segment())));
        }
        try (Parallel parallel = new Parallel(1)) {
            for (SegmentTrace trace : traces) {
                Segment segment = trace.segment();
                List<Trace> boundary =
                        setup.tables().boundary(trace, segment.index() == 0 ? List.copyOf(words.values()) : List.of());
                run.tables.add(setup.tables().fill(trace, boundary, parallel));
                boolean halted = segment.outcome() == Outcome.HALTED;
                run.claims.add(new SegmentClaim(
                        segment.index(),
                        segment.startPc(),
                        halted ? 0 : segment.endPc(),
                        trace.endClock(),
                        RiscvTables.sharedWords(trace),
                        (int) segment.outputStart(),
                        segment.output(),
                        halted,
                        halted ? segment.exitCode() : 0));
            }
        }
        run.statement = RunProver.statement(segments);
        return run;
    }

    int segments() {
        return tables.size();
    }

    /** Leaves only the first segments. */
    void cut(int segments) {
        tables.subList(segments, tables.size()).clear();
        claims.subList(segments, claims.size()).clear();
    }

    /** A table, to be changed. */
    Table table(int segment, String chip) {
        for (int i = 0; i < CHIPS.size(); i++) {
            if (CHIPS.get(i).name().equals(chip)) {
                return new Table(tables.get(segment), i);
            }
        }
        throw new AssertionError("no chip " + chip);
    }

    /** Answers all lookups again that have an answer. */
    ForgedRun recount() {
        tables.forEach(main -> Recount.recount(setup.tables(), main));
        return this;
    }

    /**
     * A table of a segment.
     *
     * @param main of all chips
     */
    record Table(List<Trace> main, int chip) {
        private int column(String name) {
            int column = CHIPS.get(chip).mainColumns().indexOf(name);
            if (column < 0) {
                throw new AssertionError(CHIPS.get(chip).name() + " has no column " + name);
            }
            return column;
        }

        Trace trace() {
            return main.get(chip);
        }

        void replace(Trace trace) {
            main.set(chip, trace);
        }

        /** A cell, as an ordinary number. */
        long get(int row, String column) {
            return KoalaBear.toCanonical(trace().get(row, column(column)));
        }

        void set(int row, String column, long value) {
            trace().set(row, column(column), KoalaBear.fromCanonical(value));
        }

        void add(int row, String column, long value) {
            set(row, column, get(row, column) + value);
        }

        /** Sets {@code column[0]} to {@code column[3]}. */
        void limbs(int row, String column, long value) {
            for (int i = 0; i < 4; i++) {
                set(row, column + "[" + i + "]", value >>> 16 * i & 0xFFFF);
            }
        }

        /** The first row in which {@code column} is {@code value}. */
        int find(String column, long value) {
            for (int row = 0; row < trace().height(); row++) {
                if (get(row, column) == value) {
                    return row;
                }
            }
            throw new AssertionError("no row with " + column + " = " + value);
        }

        void zero(int row) {
            for (int column = 0; column < trace().width(); column++) {
                trace().set(row, column, KoalaBear.ZERO);
            }
        }

        /** A row of zeros, in a table of twice the height when there is none. */
        int free() {
            Trace old = trace();
            for (int row = 0; row < old.height(); row++) {
                boolean zero = true;
                for (int column = 0; column < old.width(); column++) {
                    zero &= old.get(row, column) == KoalaBear.ZERO;
                }
                if (zero) {
                    return row;
                }
            }
            Trace taller = Trace.zeros(Math.max(1, 2 * old.height()), old.width());
            for (int row = 0; row < old.height(); row++) {
                for (int column = 0; column < old.width(); column++) {
                    taller.set(row, column, old.get(row, column));
                }
            }
            replace(taller);
            return old.height();
        }

        /** A copy of {@code row} of {@code from}, a table of the same chip. */
        int append(Table from, int row) {
            int to = free();
            for (int column = 0; column < trace().width(); column++) {
                trace().set(to, column, from.trace().get(row, column));
            }
            return to;
        }
    }

    /**
     * What is wrong, without places: "chip: constraint" or "bus name", over all segments. Every constraint, every local bus with the verifier's messages, and
     * the buses across segments; heights that the verifier refuses are not seen here.
     */
    Set<String> violations() {
        Set<String> found = new TreeSet<>();
        Balance global = new Balance();
        for (int s = 0; s < tables.size(); s++) {
            TraceChecker checker = new TraceChecker(MOST);
            for (int i = 0; i < CHIPS.size(); i++) {
                check(
                        checker,
                        CHIPS.get(i),
                        setup.tables().preprocessed().get(i),
                        tables.get(s).get(i));
            }
            for (PublicMessage message : claims.get(s).messages()) {
                checker.message(message.bus(), message.multiplicity(), message.fields());
            }
            checker.violations().forEach(v -> found.add(name(v)));
            global.merge(checker.global());
        }
        global.violations(MOST).forEach(v -> found.add(name(v)));
        return found;
    }

    private static void check(TraceChecker checker, ChipDescription chip, Trace fixed, Trace main) {
        if (fixed == null) {
            checker.table(chip, null, main);
            return;
        }
        // Lookup tables are tall and have no constraints: rows that nobody asks for say nothing.
        if (!chip.constraints().isEmpty()) {
            throw new AssertionError(chip.name() + " has constraints");
        }
        for (int row = 0; row < main.height(); row++) {
            if (used(main, row)) {
                checker.table(chip, row(fixed, row), row(main, row));
            }
        }
    }

    private static boolean used(Trace main, int row) {
        boolean used = false;
        for (int column = 0; column < main.width(); column++) {
            used |= main.get(row, column) != KoalaBear.ZERO;
        }
        return used;
    }

    private static Trace row(Trace trace, int row) {
        Trace one = Trace.zeros(1, trace.width());
        for (int column = 0; column < trace.width(); column++) {
            one.set(0, column, trace.get(row, column));
        }
        return one;
    }

    private static String name(Violation violation) {
        if (violation instanceof Violation.ConstraintViolated broken) {
            return broken.chip() + ": " + broken.constraint();
        }
        return "bus " + ((Violation.BusUnbalanced) violation).bus();
    }

    /** Takes a segment of {@code other}, with what it claims. */
    void take(int segment, ForgedRun other) {
        tables.set(segment, other.tables.get(segment));
        claims.set(segment, other.claims.get(segment));
    }

    /** The core proof of these tables and claims, with all digests and challenges as they have to be. */
    byte[] prove(Parallel parallel) {
        Prover prover = new Prover(setup.provingKey(), parallel);
        return prove(
                tables.stream().map(main -> prover.commitBoundary(main).root()).toList(), parallel);
    }

    /**
     * The core proof of these tables and claims.
     *
     * @param roots that it says the boundaries have, and from which the challenge follows
     */
    byte[] prove(List<List<Integer>> roots, Parallel parallel) {
        Prover prover = new Prover(setup.provingKey(), parallel);
        List<Boundary> boundaries = tables.stream().map(prover::commitBoundary).toList();
        List<SegmentCommitment> commitments = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            commitments.add(new SegmentCommitment(claims.get(i), roots.get(i)));
        }
        RunChallenge found = GlobalChallenges.prove(setup.programKey(), statement, commitments, parallel);
        List<CoreProof.SegmentPart> parts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            SegmentClaim claim = claims.get(i);
            parts.add(new CoreProof.SegmentPart(
                    claim.endPc(),
                    claim.endClock(),
                    claim.sharedWords(),
                    claim.output().length,
                    roots.get(i),
                    prover.prove(tables.get(i), claim.messages(), boundaries.get(i), found.challenge())));
        }
        return new CoreProof(
                        setup.programKey().digest(),
                        OutputHash.of(statement.output()),
                        statement.exitCode(),
                        found.work(),
                        parts)
                .bytes();
    }
}
