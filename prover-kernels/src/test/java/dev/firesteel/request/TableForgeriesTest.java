package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.request.ForgedRun.Table;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Tables of a prover who knows what the machine does and fills them otherwise, consistently as far as can be, so that what is left is the one check that is meant to refuse it. Each
 * says by {@link ForgedRun#violations} which that is; some are proved too, and refused.
 */
class TableForgeriesTest {
    private static final Parallel PARALLEL = new Parallel(2);
    private static final Program PROGRAM = Runs.load(ProvedRuns.everything().elf());
    private static final ProgramSetup SETUP = ProvedRuns.setup(PROGRAM, PARALLEL);
    private static final long REGISTERS = (1 << 29) + (1 << 16);
    private static final long SINK = REGISTERS + 32;
    private static final long POSITION = REGISTERS + 33;
    private static final long INPUT_WORD = AddressSpace.INPUT_DATA >>> 3;
    private static final long IMAGE_WORD = ProvedRuns.IMAGE_WORD >>> 3;
    private static final long ZERO_WORD = ProvedRuns.ZERO_WORD >>> 3;

    private static final String BOUNDARY = "boundary";
    private static final String FIRST_LAST = "first-last";
    private static final String MEMORY_BUS = "bus memory";
    private static final String GLOBAL_BUS = "bus across segments";
    private static final String RANGE_BUS = "bus range";

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static ForgedRun run(long cycles) {
        return ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), cycles));
    }

    private static void refused(ForgedRun run, String... violations) {
        assertEquals(Set.of(violations), run.recount().violations());
    }

    private static void proofRefused(Rejection reason, ForgedRun run) {
        proofRefused(SETUP, reason, run);
    }

    private static void proofRefused(ProgramSetup setup, Rejection reason, ForgedRun run) {
        assertEquals(reason, ProvedRuns.rejection(setup.programKey(), run.statement, run.prove(PARALLEL)));
    }

    /** A row of first-last and of the first boundary for a word that nobody accesses, where its address belongs. */
    private static void open(ForgedRun run, long address, String kind, long from, long to, long value) {
        Table firstLast = run.table(0, FIRST_LAST);
        int next = 0;
        while (firstLast.get(next, "address") < address) {
            next++;
        }
        long previous = firstLast.get(next, "previous");
        int row = firstLast.free();
        firstLast.set(row, kind, 1);
        firstLast.set(row, "address", address);
        order(firstLast, row, signed(previous));
        order(firstLast, next, address);
        firstLast.limbs(row, "first", value);
        firstLast.limbs(row, "last", value);
        firstLast.set(row, "segment", 1);
        region(firstLast, row, from, to);
        Table boundary = run.table(0, BOUNDARY);
        int word = boundary.free();
        boundary.set(word, "real", 1);
        boundary.set(word, "shared", 1);
        boundary.set(word, "address", address);
        boundary.limbs(word, "in", value);
        boundary.limbs(word, "out", value);
        boundary.set(word, "segment", 1);
        share(run, 0, 1);
    }

    private static long signed(long element) {
        return element > KoalaBear.P / 2 ? element - KoalaBear.P : element;
    }

    private static void order(Table firstLast, int row, long previous) {
        firstLast.set(row, "previous", previous);
        firstLast.set(row, "gapLow", firstLast.get(row, "address") - previous - 1 & 0xFFFF);
    }

    private static void region(Table firstLast, int row, long from, long to) {
        long address = signed(firstLast.get(row, "address"));
        firstLast.set(row, "from", from);
        firstLast.set(row, "to", to);
        firstLast.set(row, "fromLow", address - from & 0xFFFF);
        firstLast.set(row, "toLow", to - address & 0xFFFF);
    }

    private static void share(ForgedRun run, int segment, int more) {
        SegmentClaim claim = run.claims.get(segment);
        run.claims.set(segment, Claims.sharedWords(claim, claim.sharedWords() + more));
    }

    // --- first and last values ---

    @Test
    void honestTablesAndAWordThatNobodyAccessesAreRight() {
        refused(run(9));
        // The way in which the forgeries below open words is right where the word may be opened.
        ForgedRun run = run(9);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.find("address", ZERO_WORD);
        open(run, ZERO_WORD + 1, "zero", firstLast.get(row, "from"), firstLast.get(row, "to"), 0);
        refused(run);
    }

    @Test
    void guardsCannotBeOpened() {
        ForgedRun reference = run(100);
        Table firstLast = reference.table(0, FIRST_LAST);
        int low = firstLast.find("address", ZERO_WORD);
        for (long address :
                new long[] {0, 0xFFF >>> 3, AddressSpace.STACK_GUARD_START >>> 3, 0xE000_FFFFL >>> 3, 1L << 29}) {
            // In a region that does not have it: one of both ends does not fit.
            ForgedRun run = run(100);
            open(run, address, "zero", firstLast.get(low, "from"), firstLast.get(low, "to"), 0);
            refused(run, RANGE_BUS);
            run = run(100);
            open(run, address, "zero", address, address, 0);
            refused(run, "bus region");
            run = run(100);
            open(run, address, "input", address, address, 7);
            refused(run, "bus region");
            run = run(100);
            open(run, address, "image", 0, 0, 0);
            refused(run, "bus image");
        }
    }

    /** The machine traps; so a run that loads from elsewhere is moved there, with the input that makes it so. */
    @Test
    void aLoadFromAGuardHasNoTables() {
        Assembler asm = new Assembler();
        asm.li(Reg.T2, AddressSpace.INPUT_DATA);
        asm.ld(Reg.T0, 0, Reg.T2);
        asm.ld(Reg.T1, 0, Reg.T0);
        asm.halt(0);
        Program program = Runs.load(asm.elf());
        ProgramSetup setup = ProvedRuns.setup(program, PARALLEL);
        long allowed = 0x4000_0000L;
        for (long base : new long[] {0x4100_0000L, 8, AddressSpace.STACK_GUARD_START + 0x100}) {
            List<Segment> ended = ProvedRuns.segments(program, ProvedRuns.input(base), 100);
            boolean guard = ended.get(0).outcome() == Outcome.TRAPPED;
            assertEquals(base != 0x4100_0000L, guard);
            ForgedRun run = ForgedRun.of(setup, ProvedRuns.segments(program, ProvedRuns.input(allowed), 100));
            long address = base >>> 3;
            setWord(run, INPUT_WORD, base, base);
            Table loads = run.table(0, "load-double");
            loads.limbs(loads.find("rd", Reg.T0), "word.value", base);
            int load = loads.find("rd", Reg.T1);
            loads.limbs(load, "address.base.value", base);
            loads.set(load, "address.word", address & 0x1FFF);
            loads.set(load, "address.upper", base >>> 16);
            Table boundary = run.table(0, BOUNDARY);
            boundary.set(boundary.find("address", allowed >>> 3), "address", address);
            boundary.limbs(boundary.find("address", REGISTERS + Reg.T0), "out", base);
            Table firstLast = run.table(0, FIRST_LAST);
            firstLast.limbs(firstLast.find("address", REGISTERS + Reg.T0), "last", base);
            int row = firstLast.find("address", allowed >>> 3);
            order(firstLast, firstLast.find("previous", allowed >>> 3), signed(firstLast.get(row, "previous")));
            int next = 0;
            while (next == row || firstLast.get(next, "address") < address) {
                next++;
            }
            firstLast.set(row, "address", address);
            order(firstLast, row, signed(firstLast.get(next, "previous")));
            order(firstLast, next, address);
            // All is as if the machine had done it. Where it may, nothing is wrong.
            region(firstLast, row, firstLast.get(row, "from"), firstLast.get(row, "to"));
            refused(run, guard ? new String[] {RANGE_BUS} : new String[0]);
            if (guard) {
                region(firstLast, row, address, address);
                refused(run, "bus region");
                proofRefused(setup, Rejection.LOGUP_SUM, run);
                // What the machine has of the run ends before the load, and that is no HALT.
                ForgedRun cut = ForgedRun.of(setup, ended);
                cut.claims.set(
                        0, Claims.end(cut.claims.get(0), 0, cut.claims.get(0).endClock(), true));
                assertEquals(Set.of("bus halt", "bus state"), cut.violations());
            }
        }
    }

    private static void setWord(ForgedRun run, long address, long first, long last) {
        Table firstLast = run.table(0, FIRST_LAST);
        Table boundary = run.table(0, BOUNDARY);
        firstLast.limbs(firstLast.find("address", address), "first", first);
        firstLast.limbs(firstLast.find("address", address), "last", last);
        boundary.limbs(boundary.find("address", address), "in", first);
        boundary.limbs(boundary.find("address", address), "out", last);
    }

    @Test
    void wordsOfTheImageBeginAsTheKeySays() {
        ForgedRun run = run(100);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.find("address", IMAGE_WORD);
        firstLast.add(row, "first[0]", 1);
        // What the segment takes is the key's value: the forged one has no reader.
        refused(run, "bus image", GLOBAL_BUS);
        // As a zero instead: no region has it.
        run = run(100);
        firstLast = run.table(0, FIRST_LAST);
        int zero = firstLast.find("address", ZERO_WORD);
        firstLast.set(row, "image", 0);
        firstLast.set(row, "zero", 1);
        firstLast.limbs(row, "first", 0);
        region(firstLast, row, firstLast.get(zero, "from"), firstLast.get(zero, "to"));
        refused(run, RANGE_BUS, GLOBAL_BUS);
        // As two kinds at once.
        run = run(100);
        firstLast = run.table(0, FIRST_LAST);
        firstLast.set(row, "input", 1);
        assertTrue(run.recount().violations().contains("first-last: one kind"));
    }

    @Test
    void wordsBeginAsTheirRegionSays() {
        ForgedRun run = run(100);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.find("address", ZERO_WORD);
        firstLast.set(row, "first[0]", 9);
        Table boundary = run.table(0, BOUNDARY);
        boundary.set(boundary.find("address", ZERO_WORD), "in[0]", 9);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("first-last: zero[0]"), violations::toString);
        // As input it would be free; the region is of another kind.
        firstLast.set(row, "zero", 0);
        firstLast.set(row, "input", 1);
        violations = run.recount().violations();
        assertTrue(violations.contains("bus region"), violations::toString);
    }

    @Test
    void limbsOfTheInputHave16Bits() {
        ForgedRun run = run(100);
        Table firstLast = run.table(0, FIRST_LAST);
        // The second word of the input is the exit code, loaded whole and never reckoned with: 2^16 + a in one limb
        // everywhere.
        long address = INPUT_WORD + 1;
        long big = 1 << 16;
        for (String column : List.of("first[0]", "last[0]")) {
            firstLast.set(firstLast.find("address", address), column, big);
        }
        Table boundary = run.table(0, BOUNDARY);
        for (String column : List.of("in[0]", "out[0]")) {
            boundary.set(boundary.find("address", address), column, big);
        }
        int a0 = boundary.find("address", REGISTERS + Reg.A0);
        boundary.set(a0, "out[0]", big);
        firstLast.set(firstLast.find("address", REGISTERS + Reg.A0), "last[0]", big);
        Table loads = run.table(0, "load-double");
        int load = loads.find("rd", Reg.A0);
        loads.set(load, "word.value[0]", big);
        Table calls = run.table(0, "ecall");
        calls.set(calls.find("halt", 1), "value.value[0]", big);
        // All agree; the exit code's limb is what it is not.
        refused(run, RANGE_BUS, "bus halt");
    }

    @Test
    void registersBeginAsTheKeySays() {
        // x5, x0 and sp with another value at the start; nobody looks, but x0 is read.
        for (int register : new int[] {4, 0}) {
            ForgedRun run = run(100);
            setRegister(run, register, 1);
            assertEquals(
                    register == 4 ? Set.of("first-last: zero[0]") : Set.of("first-last: zero[0]", MEMORY_BUS),
                    run.recount().violations());
            proofRefused(register == 4 ? Rejection.ZEROCHECK_ROUND : Rejection.LOGUP_SUM, run);
        }
        ForgedRun run = run(100);
        setRegister(run, Reg.SP, 0x1000);
        refused(run, "bus image");
        // As input, which is free: registers are in no such region.
        run = run(100);
        setRegister(run, 4, 7);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.find("address", REGISTERS + 4);
        firstLast.set(row, "zero", 0);
        firstLast.set(row, "input", 1);
        refused(run, "bus region");
        proofRefused(Rejection.LOGUP_SUM, run);
    }

    /** Makes a register that nobody writes hold {@code value} from the start. */
    private static void setRegister(ForgedRun run, int register, long value) {
        setWord(run, REGISTERS + register, value, value);
    }

    @Test
    void aWordHasOneFirstValue() {
        // A second row of the same address, with its own boundary row: as input it may have any value.
        ForgedRun run = run(100);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.find("address", INPUT_WORD);
        open(run, INPUT_WORD, "input", firstLast.get(row, "from"), firstLast.get(row, "to"), 1234);
        refused(run, RANGE_BUS);
        // Not next to each other in the order: some address comes before a lower one.
        run = run(100);
        firstLast = run.table(0, FIRST_LAST);
        int low = firstLast.find("address", IMAGE_WORD);
        int high = firstLast.find("address", INPUT_WORD);
        long before = firstLast.get(low, "previous");
        long between = firstLast.get(high, "previous");
        order(firstLast, low, signed(between));
        order(firstLast, high, signed(before));
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains(RANGE_BUS), violations::toString);
    }

    @Test
    void firstAndLastValuesAreOfTheFirstSegmentAlone() {
        // The second segment has the table too, with an order of its own, and gives a word another value.
        ForgedRun run = run(9);
        ForgedRun other = run(100);
        run.table(1, FIRST_LAST).replace(other.table(0, FIRST_LAST).trace().copy());
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus order"), violations::toString);
        proofRefused(Rejection.LOGUP_SUM, run);
        // Rows of padding alone violate nothing, and are refused all the same.
        run = run(9);
        run.table(1, FIRST_LAST)
                .replace(Trace.zeros(1, other.table(0, FIRST_LAST).trace().width()));
        refused(run);
        proofRefused(Rejection.FIRST_VALUES, run);
    }

    @Test
    void paddingOfTheImageIsNoWord() {
        // Rows of the image table that hold no word have address −1: in no order there can be one.
        ForgedRun run = run(100);
        Table firstLast = run.table(0, FIRST_LAST);
        int row = firstLast.free();
        firstLast.set(row, "image", 1);
        firstLast.set(row, "address", -1);
        int first = firstLast.find("previous", KoalaBear.P - 1);
        // Before all others: −1 comes after −1.
        firstLast.set(row, "previous", -1);
        firstLast.set(row, "gapLow", 0xFFFF);
        assertEquals(-1, signed(firstLast.get(first, "previous")));
        refused(run, RANGE_BUS, "bus image");
        // Answered by the padding, what it takes is what it gives: nothing but the order is left.
        Trace image = SETUP.tables().preprocessed().get(3);
        int padding = image.height() - 1;
        assertEquals(KoalaBear.NEG_ONE, image.get(padding, 0));
        run.table(0, "image").set(padding, "multiplicity", 1);
        assertEquals(Set.of(RANGE_BUS), run.violations());
    }

    // --- across segments ---

    @Test
    void aWordKeepsItsValueBetweenSegments() {
        // s0, written in the first segment and untouched until the end: changed in the second, where nobody looks.
        ForgedRun run = run(9);
        Table boundary = run.table(1, BOUNDARY);
        int row = boundary.find("address", REGISTERS + Reg.GP);
        boundary.add(row, "in[0]", 1);
        boundary.add(row, "out[0]", 1);
        refused(run, GLOBAL_BUS);
        // The third takes the changed one: what the first left has no reader.
        Table last = run.table(2, BOUNDARY);
        row = last.find("address", REGISTERS + Reg.GP);
        last.add(row, "in[0]", 1);
        last.add(row, "out[0]", 1);
        refused(run, GLOBAL_BUS);
        proofRefused(Rejection.ACROSS_SEGMENTS, run);
    }

    @Test
    void aWordComesFromAnEarlierSegment() {
        for (long earlier : new long[] {2, 3, -1, -(1 << 16)}) {
            ForgedRun run = run(9);
            Table boundary = run.table(1, BOUNDARY);
            boundary.set(boundary.find("address", REGISTERS + Reg.GP), "earlier", earlier);
            // Below 0 is far enough before, but nobody was there.
            refused(run, earlier == -1 ? new String[] {GLOBAL_BUS} : new String[] {RANGE_BUS, GLOBAL_BUS});
        }
        // From the one before the last: that one's value has two readers then.
        ForgedRun run = run(9);
        Table boundary = run.table(2, BOUNDARY);
        boundary.set(boundary.find("address", REGISTERS + Reg.GP), "earlier", 1);
        refused(run, GLOBAL_BUS);
    }

    @Test
    void aSegmentHasItsOwnNumber() {
        ForgedRun run = run(9);
        Table boundary = run.table(1, BOUNDARY);
        boundary.set(boundary.find("address", REGISTERS + Reg.GP), "segment", 9);
        refused(run, "bus segment", GLOBAL_BUS);
        // The verifier's number is the index, whatever the tables say.
        run = run(9);
        run.claims.set(1, Claims.index(run.claims.get(1), 2));
        refused(run, "bus segment");
    }

    @Test
    void noWordButTheSinkBeginsAnew() {
        for (long address : new long[] {REGISTERS + Reg.T0, REGISTERS, ZERO_WORD, POSITION}) {
            ForgedRun run = run(100);
            Table boundary = run.table(0, BOUNDARY);
            int row = boundary.find("address", address);
            boundary.set(row, "shared", 0);
            share(run, 0, -1);
            // First-last gives a value that nobody takes.
            refused(run, "boundary: only the sink is not shared", GLOBAL_BUS);
        }
        ForgedRun run = run(100);
        Table boundary = run.table(0, BOUNDARY);
        int row = boundary.free();
        boundary.set(row, "shared", 1);
        boundary.set(row, "address", SINK);
        boundary.set(row, "segment", 1);
        share(run, 0, 1);
        refused(run, "boundary: shared is real", GLOBAL_BUS);
    }

    @Test
    void aWordHasOneRowInASegment() {
        // A second row that opens sp anew in the same segment, and whatever it takes across segments is taken already.
        for (long earlier : new long[] {0, 1}) {
            ForgedRun run = run(100);
            Table boundary = run.table(0, BOUNDARY);
            int row = boundary.append(boundary, boundary.find("address", REGISTERS + Reg.SP));
            boundary.limbs(row, "in", 0x8000);
            boundary.limbs(row, "out", 0x8000);
            boundary.set(row, "earlier", earlier);
            share(run, 0, 1);
            // From itself it would be a cycle beside the path: nothing but the order of segments refuses it.
            refused(run, earlier == 0 ? GLOBAL_BUS : RANGE_BUS);
            proofRefused(earlier == 0 ? Rejection.ACROSS_SEGMENTS : Rejection.LOGUP_SUM, run);
        }
    }

    @Test
    void theSinkIsWrittenAndNeverRead() {
        // What it holds at first is free, in any segment, and changes nothing: no instruction has it as a source.
        ForgedRun run = run(100);
        Table boundary = run.table(0, BOUNDARY);
        Table adds = run.table(0, "add-sub");
        int write = adds.find("rd", 32);
        boundary.limbs(boundary.find("address", SINK), "in", 0xABCD_0000_1234L);
        adds.limbs(write, "result.old", 0xABCD_0000_1234L);
        refused(run);
        // Shared it would need a first value, which no region has.
        boundary.set(boundary.find("address", SINK), "shared", 1);
        share(run, 0, 1);
        refused(run, GLOBAL_BUS);
        // An instruction that reads register 32 is in no program.
        ForgedRun reading = run(100);
        Table others = reading.table(0, "add-sub");
        others.set(others.find("rd", 32), "rs1", 32);
        Set<String> violations = reading.recount().violations();
        assertTrue(violations.contains("bus program"), violations::toString);
        for (int row = 0; row < SETUP.tables().preprocessed().get(0).height(); row++) {
            for (int field : new int[] {3, 4}) {
                assertTrue(KoalaBear.toCanonical(
                                SETUP.tables().preprocessed().get(0).get(row, field))
                        < 32);
            }
        }
    }

    @Test
    void x0IsNotWritten() {
        // The instruction that writes to the sink writes to x0: another row than the program's.
        ForgedRun run = run(100);
        Table adds = run.table(0, "add-sub");
        int write = adds.find("rd", 32);
        adds.set(write, "rd", 0);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus program"), violations::toString);
    }

    // --- clocks ---

    @Test
    void aLoadDoesNotSeeWhatIsStoredLater() {
        // t4 loads the word before t3 is stored there: swap the two accesses' order. All messages meet, but the gap is
        // negative.
        ForgedRun run = run(100);
        Table loads = run.table(0, "load-double");
        Table stores = run.table(0, "store-double");
        int early = loads.find("rd", Reg.T4);
        int late = loads.find("rd", Reg.T5);
        int store = 0;
        long loadClock = loads.get(early, "clock") + 2;
        long storeClock = stores.get(store, "clock") + 2;
        assertTrue(loadClock < storeClock);
        // Word: opened, stored, loaded "before", loaded.
        access(stores, store, "word.access", 0, storeClock);
        access(loads, early, "word.access", storeClock, loadClock);
        access(loads, late, "word.access", loadClock, loads.get(late, "clock") + 2);
        for (int i = 0; i < 4; i++) {
            long limb = stores.get(store, "value.value[" + i + "]");
            loads.set(early, "word.value[" + i + "]", limb);
        }
        Set<String> violations = run.recount().violations();
        // The register that is loaded then holds another value than its readers see; the clock is what cannot be
        // mended.
        assertEquals(Set.of(MEMORY_BUS, RANGE_BUS), violations);
        // The same without the swap is not a matter of the range.
        ForgedRun wrong = run(100);
        wrong.table(0, "load-double").add(early, "word.value[0]", 1);
        assertEquals(Set.of(MEMORY_BUS), wrong.recount().violations());
    }

    private static void access(Table table, int row, String access, long previous, long now) {
        table.set(row, access + ".previous", previous);
        table.set(row, access + ".gapLow", now - previous - 1 & 0xFFFF);
    }

    @Test
    void accessesAreAtMost24BitsApart() {
        // A word that was accessed "before" the segment by so much that the gap wraps: nobody leaves it there, and the
        // range refuses it too.
        ForgedRun run = run(100);
        Table loads = run.table(0, "load-double");
        long now = loads.get(0, "clock") + 2;
        for (long gap : new long[] {1 << 24, (1 << 24) + 1}) {
            access(loads, 0, "word.access", now - 1 - gap, now);
            Set<String> violations = run.recount().violations();
            assertEquals(Set.of(MEMORY_BUS, RANGE_BUS), violations);
        }
        access(loads, 0, "word.access", now - 1 - ((1 << 24) - 1), now);
        assertEquals(Set.of(MEMORY_BUS), run.recount().violations());
    }

    @Test
    void stepsFollowEachOther() {
        // One clock for two instructions, an instruction left out, one twice.
        ForgedRun run = run(100);
        Table fences = run.table(0, "fence");
        fences.set(1, "clock", fences.get(0, "clock"));
        refused(run, "bus state");
        run = run(100);
        run.table(0, "fence").zero(1);
        refused(run, "bus state");
        run = run(100);
        fences = run.table(0, "fence");
        fences.append(fences, 0);
        refused(run, "bus state");
        // −1 times, which would take the other one back.
        run = run(100);
        fences = run.table(0, "fence");
        int row = fences.append(fences, 0);
        fences.set(row, "real", -1);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("fence: real is boolean"), violations::toString);
    }

    // --- control ---

    @Test
    void theRunStartsAndEndsWhereTheVerifierSays() {
        ForgedRun run = run(9);
        run.claims.set(0, Claims.start(run.claims.get(0), run.claims.get(0).startPc() + 4));
        refused(run, "bus state");
        for (int clock :
                new int[] {run.claims.get(1).endClock() + 4, run.claims.get(1).endClock() - 4}) {
            run = run(9);
            run.claims.set(1, Claims.end(run.claims.get(1), run.claims.get(1).endPc(), clock, false));
            refused(run, "bus state");
        }
        // A segment before the last one that halts, and a last one that does not.
        run = run(9);
        run.claims.set(1, Claims.end(run.claims.get(1), 0, run.claims.get(1).endClock(), true));
        refused(run, "bus state", "bus halt");
        run = run(9);
        run.claims.set(2, Claims.end(run.claims.get(2), 0, run.claims.get(2).endClock(), false));
        refused(run, "bus state", "bus halt");
    }

    @Test
    void aRunCutBeforeHaltIsNoRun() {
        ForgedRun run = run(9);
        run.cut(2);
        SegmentClaim last = run.claims.get(1);
        run.claims.set(1, Claims.end(last, 0, last.endClock(), true));
        run.statement = new RunStatement(last.output(), 0);
        refused(run, "bus state", "bus halt", GLOBAL_BUS);
        // With first and last values of the shorter run.
        run = ForgedRun.of(
                SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), 9).subList(0, 2));
        run.claims.set(1, Claims.end(last, 0, last.endClock(), true));
        run.statement = new RunStatement(last.output(), 0);
        refused(run, "bus state", "bus halt");
        proofRefused(Rejection.LOGUP_SUM, run);
    }

    @Test
    void nothingFollowsHalt() {
        // HALT goes on to the next instruction: the call's next pc is a constraint.
        ForgedRun run = run(100);
        Table calls = run.table(0, "ecall");
        int halt = calls.find("halt", 1);
        calls.set(halt, "nextPc", calls.get(halt, "pc") + 1);
        refused(run, "ecall: next pc", "bus state");
        // An instruction at −1, where HALT leads: the program has none.
        run = run(100);
        Table fences = run.table(0, "fence");
        int row = fences.free();
        fences.set(row, "real", 1);
        fences.set(row, "pc", -1);
        fences.set(row, "clock", run.claims.get(0).endClock());
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus program") && violations.contains("bus state"), violations::toString);
        // HALT that is no call at all, without its message.
        run = run(100);
        calls = run.table(0, "ecall");
        calls.set(halt, "halt", 0);
        violations = run.recount().violations();
        assertTrue(violations.contains("bus halt") && violations.contains("bus state"), violations::toString);
    }

    @Test
    void jumpsLeadToNoPlaceThatIsNone() {
        // Targets are the program's, so that −1 (after HALT), −2 (no target), −3 (padding) and any other are refused.
        for (long target : new long[] {-1, -2, -3, 5}) {
            ForgedRun run = run(100);
            Table jumps = run.table(0, "jump");
            jumps.set(0, "target", target);
            refused(run, "bus program", "bus state");
        }
        // A jump to a register's address: 30 bits, in two parts.
        Program program = returning();
        ProgramSetup setup = ProvedRuns.setup(program, PARALLEL);
        for (long target : new long[] {-1, -2, -3}) {
            ForgedRun run = ForgedRun.of(setup, ProvedRuns.segments(program, new byte[0], 100));
            assertEquals(Set.of(), run.violations());
            Table jumps = run.table(0, "jump-register");
            long low = jumps.get(0, "targetLow");
            jumps.set(0, "targetLow", target - (jumps.get(0, "targetHigh") << 14));
            Set<String> violations = run.recount().violations();
            assertTrue(violations.contains(RANGE_BUS) && violations.contains("bus state"), violations::toString);
            // Bit 1 of the address as a fraction of the low part.
            jumps.set(0, "targetLow", low);
            jumps.set(0, "bit", 2);
            violations = run.recount().violations();
            assertTrue(violations.contains("jump-register: bit is boolean"), violations::toString);
        }
    }

    private static Program returning() {
        Assembler asm = new Assembler();
        Label over = asm.label();
        asm.jal(Reg.RA, over);
        asm.halt(0);
        asm.bind(over);
        asm.jalr(Reg.ZERO, 0, Reg.RA);
        return Runs.load(asm.elf());
    }

    @Test
    void paddingOfTheProgramIsNoInstruction() {
        // Rows of the program without an instruction look like LUI of x0 at −3: nothing leads there, and nothing comes
        // from there.
        ForgedRun run = run(100);
        Table uppers = run.table(0, "upper-immediate");
        int row = uppers.free();
        uppers.set(row, "lui", 1);
        uppers.set(row, "pc", -3);
        uppers.set(row, "clock", 4);
        uppers.set(row, "result.access.gapLow", 4 + 3 - 1);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus state"), violations::toString);
        assertTrue(violations.contains(MEMORY_BUS), violations::toString);
    }

    @Test
    void onlyTheProgramsInstructionsAreExecuted() {
        ForgedRun run = run(100);
        Table adds = run.table(0, "add-immediate");
        int row = adds.find("rd", Reg.A7);
        adds.add(row, "low", 1);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus program"), violations::toString);
        // Another operation on the same operands.
        run = run(100);
        Table sums = run.table(0, "add-sub");
        sums.set(0, "add", 0);
        sums.set(0, "sub", 1);
        violations = run.recount().violations();
        assertTrue(violations.contains("bus program"), violations::toString);
    }

    // --- output ---

    @Test
    void outputHasTheBytesThatWereAskedFor() {
        ForgedRun run = run(100);
        Table calls = run.table(0, "ecall");
        int three = calls.find("used[3]", 0);
        while (calls.get(three, "used[0]") == 0) {
            three++;
        }
        // A byte more, a byte less, one left out in the middle, none.
        calls.set(three, "used[3]", 1);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("bus output") && violations.contains(MEMORY_BUS), violations::toString);
        calls.set(three, "used[3]", 0);
        calls.set(three, "used[2]", 0);
        violations = run.recount().violations();
        assertTrue(violations.contains("bus output") && violations.contains(MEMORY_BUS), violations::toString);
        calls.set(three, "used[2]", 1);
        calls.set(three, "used[1]", 0);
        violations = run.recount().violations();
        assertTrue(violations.contains("ecall: used[2] follows"), violations::toString);
        calls.set(three, "used[1]", 1);
        for (int i = 0; i < 3; i++) {
            calls.set(three, "used[" + i + "]", 0);
        }
        violations = run.recount().violations();
        assertTrue(violations.contains("ecall: one byte at least"), violations::toString);
        for (int i = 0; i < 3; i++) {
            calls.set(three, "used[" + i + "]", 1);
        }
        // Other bytes of the same limb: 256 less in one, one more in the other.
        calls.add(three, "bytes[0]", 256);
        calls.add(three, "bytes[1]", -1);
        violations = run.recount().violations();
        assertTrue(violations.contains("bus bytes") && violations.contains("bus output"), violations::toString);
        calls.add(three, "bytes[0]", -256);
        calls.add(three, "bytes[1]", 1);
        refused(run);
    }

    @Test
    void outputIsWrittenInOrder() {
        // The two calls' positions exchanged: each has its own place in the position's accesses, and those are in
        // order.
        ForgedRun run = run(100);
        Table calls = run.table(0, "ecall");
        int first = calls.find("used[7]", 1);
        calls.set(first, "before[0]", 3);
        Set<String> violations = run.recount().violations();
        assertEquals(Set.of("bus output", MEMORY_BUS), violations);
        // Across segments: the second begins where it likes.
        run = run(19);
        SegmentClaim claim = run.claims.get(1);
        assertEquals(3, claim.output().length);
        Table boundary = run.table(1, BOUNDARY);
        int row = boundary.find("address", POSITION);
        boundary.set(row, "in[0]", 0);
        boundary.set(row, "out[0]", 3);
        calls = run.table(1, "ecall");
        int three = calls.find("output", 1);
        calls.set(three, "before[0]", 0);
        run.claims.set(1, Claims.output(claim, 0, claim.output()));
        refused(run, GLOBAL_BUS);
    }

    // --- lookup tables ---

    @Test
    void whatNobodyLookedUpIsNotAnswered() {
        ForgedRun run = run(100);
        // The range table's last row repeats its first: either of them may answer, but not both.
        Table range = run.table(0, "range");
        int last = range.trace().height() - 1;
        long count = range.get(0, "multiplicity");
        range.set(last, "multiplicity", count + 5);
        range.set(0, "multiplicity", -5);
        assertEquals(Set.of(), run.violations());
        range.set(0, "multiplicity", -4);
        assertEquals(Set.of(RANGE_BUS), run.violations());
        run.recount();
        // Program rows that hold no instruction, answered though nobody asks.
        Table program = run.table(0, "program");
        int padding = SETUP.tables().preprocessed().get(0).height() - 1;
        program.set(padding, "multiplicity", 1);
        assertEquals(Set.of("bus program"), run.violations());
        run.recount();
        Table image = run.table(0, "image");
        image.add(0, "multiplicity", -1);
        assertEquals(Set.of("bus image"), run.violations());
    }

    // --- what is not refused ---

    /**
     * No forgery, but worth knowing: the whole input region is the prover's choice, so that a proof can be of a region that no input gives. Word 1 of it is always 0, and the
     * length never over 536,870,896, in a run of the machine. docs/core-proof.md says so.
     */
    @Test
    void theProverChoosesTheWholeInputRegion() {
        Assembler asm = new Assembler();
        asm.li(Reg.T0, AddressSpace.INPUT_START);
        asm.ld(Reg.A0, 8, Reg.T0);
        asm.ld(Reg.T1, 0, Reg.T0);
        asm.halt();
        Program program = Runs.load(asm.elf());
        ProgramSetup setup = ProvedRuns.setup(program, PARALLEL);
        ForgedRun run = ForgedRun.of(setup, ProvedRuns.segments(program, new byte[0], 100));
        Table loads = run.table(0, "load-double");
        int load = loads.find("rd", Reg.A0);
        chooses(run, loads, load, (AddressSpace.INPUT_START >>> 3) + 1, Reg.A0, 42);
        chooses(run, loads, loads.find("rd", Reg.T1), AddressSpace.INPUT_START >>> 3, Reg.T1, -1);
        Table calls = run.table(0, "ecall");
        calls.set(0, "value.value[0]", 42);
        run.statement = new RunStatement(new byte[0], 42);
        run.claims.set(0, Claims.exitCode(run.claims.get(0), 42));
        assertEquals(Set.of(), run.recount().violations());
        ProvedRuns.assertAccepted(setup.programKey(), run.statement, run.prove(PARALLEL));
    }

    private static void chooses(ForgedRun run, Table loads, int load, long address, int register, long value) {
        setWord(run, address, value, value);
        setWord(run, REGISTERS + register, 0, value);
        loads.limbs(load, "word.value", value);
    }
}
