package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.chips.AcceleratorRuns;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.request.ForgedRun.Table;
import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls of accelerators, proved as they are, and as a prover has them who fills the tables otherwise, consistently as far as can be: what is left is the one
 * check that is meant to refuse it.
 */
class AcceleratorForgeriesTest {
    private static final Parallel PARALLEL = new Parallel(2);
    private static final Program PROGRAM = Runs.load(program().elf());
    private static final ProgramSetup SETUP = ProvedRuns.setup(PROGRAM, PARALLEL);
    private static final long FIRST = AcceleratorRuns.FRESH;
    private static final long SECOND = FIRST + 0x1000;
    private static final long STATE = FIRST + 0x2000;
    private static final long BLOCK = FIRST + 0x3000;
    private static final byte[] INPUT = ProvedRuns.input(FIRST, SECOND, STATE, BLOCK);
    private static final long ONE_SEGMENT = 1 << 20;
    private static final long INPUT_WORD = AddressSpace.INPUT_DATA >>> 3;

    private static final String CALL_BUS = "bus call";
    private static final String MEMORY_BUS = "bus memory";
    private static final String KECCAK_BUS = "bus keccak";
    private static final String RANGE_BUS = "bus range";

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** Two calls of Keccak, one of SHA-256, with pointers from the input, all on zeros. */
    private static Assembler program() {
        Assembler asm = new Assembler();
        asm.li(Reg.S0, AddressSpace.INPUT_DATA);
        asm.li(Reg.A7, Accelerator.KECCAK_F1600.call());
        asm.ld(Reg.A0, 0, Reg.S0);
        asm.ecall();
        asm.ld(Reg.A0, 8, Reg.S0);
        asm.ecall();
        asm.ld(Reg.A0, 16, Reg.S0);
        asm.ld(Reg.A1, 24, Reg.S0);
        asm.li(Reg.A7, Accelerator.SHA256_COMPRESS.call());
        asm.ecall();
        asm.ld(Reg.T0, 8, Reg.A0);
        asm.output(Reg.T0, 8);
        asm.halt(0);
        return asm;
    }

    private static ForgedRun run() {
        return ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, INPUT, ONE_SEGMENT));
    }

    private static void refused(ForgedRun run, String... violations) {
        assertEquals(Set.of(violations), run.recount().violations());
    }

    private static void proofRefused(Rejection reason, ForgedRun run) {
        assertEquals(reason, ProvedRuns.rejection(SETUP.programKey(), run.statement, run.prove(PARALLEL)));
    }

    /** In segments of one cycle every call is first and last in its segment. */
    @ParameterizedTest
    @ValueSource(longs = {ONE_SEGMENT, 5, 1})
    void callsAreProved(long cycles) {
        var segments = ProvedRuns.segments(PROGRAM, INPUT, cycles);
        assertEquals(Set.of(), ForgedRun.of(SETUP, segments).violations());
        byte[] proof = ProvedRuns.prove(SETUP, segments, PARALLEL);
        long[] state = new long[4];
        Accelerator.SHA256_COMPRESS.apply(state, new long[8]);
        RunStatement statement = new RunStatement(ProvedRuns.input(state[1]), 0);
        ProvedRuns.assertAccepted(ProgramKey.read(SETUP.programKey().bytes()), statement, proof);
    }

    /** A word's end: what it holds, and when it was accessed last. */
    private static void leave(ForgedRun run, long address, long value, long clock) {
        Table boundary = run.table(0, "boundary");
        int row = boundary.find("address", address >>> 3);
        boundary.limbs(row, "out", value);
        boundary.set(row, "clock", clock);
        Table firstLast = run.table(0, "first-last");
        firstLast.limbs(firstLast.find("address", address >>> 3), "last", value);
    }

    private static long left(ForgedRun run, long address) {
        Table boundary = run.table(0, "boundary");
        return boundary.get(boundary.find("address", address >>> 3), "clock");
    }

    private static void drop(ForgedRun run, String chip, long clock) {
        Table table = run.table(0, chip);
        for (int row = 0; row < table.trace().height(); row++) {
            if (table.get(row, "clock") == clock) {
                table.zero(row);
            }
        }
    }

    @Test
    void aCallIsAnswered() {
        ForgedRun run = run();
        long clock = run.table(0, "keccak").get(0, "clock");
        drop(run, "keccak", clock);
        drop(run, "keccak-round", clock);
        for (int i = 0; i < KeccakF.LANES; i++) {
            leave(run, FIRST + 8 * i, 0, 0);
        }
        refused(run, CALL_BUS);
        proofRefused(Rejection.LOGUP_SUM, run);
        // Memory as it should be, but not by whom.
        run = run();
        drop(run, "keccak", clock);
        drop(run, "keccak-round", clock);
        refused(run, CALL_BUS, MEMORY_BUS);
        // The rounds alone.
        run = run();
        drop(run, "keccak-round", clock);
        refused(run, KECCAK_BUS);
        run = run();
        drop(run, "sha-256-rounds", run.table(0, "sha-256").get(0, "clock"));
        refused(run, "bus sha-256");
    }

    @Test
    void aCallIsAnsweredOnce() {
        for (List<String> chips : List.of(List.of("keccak", "keccak-round"), List.of("sha-256", "sha-256-rounds"))) {
            ForgedRun run = run();
            long clock = run.table(0, chips.get(0)).get(0, "clock");
            for (String chip : chips) {
                Table table = run.table(0, chip);
                int[] rows = IntStream.range(0, table.trace().height())
                        .filter(r -> table.get(r, "clock") == clock)
                        .toArray();
                for (int row : rows) {
                    table.append(table, row);
                }
            }
            refused(run, CALL_BUS, MEMORY_BUS);
        }
        // Nor does a row count twice, or take back what another one did.
        for (long times : new long[] {2, -1}) {
            ForgedRun run = run();
            Table table = run.table(0, "keccak-round");
            table.set(table.append(table, 3), "real", times);
            assertTrue(run.recount().violations().contains("keccak-round: real is boolean"));
            run = run();
            table = run.table(0, "sha-256");
            table.set(table.append(table, 0), "real", times);
            assertTrue(run.recount().violations().contains("sha-256: real is boolean"));
        }
    }

    @Test
    void aCallChangesTheWordsThatItPointsTo() {
        // Both are on zeros and leave the same; each is answered at the other's place.
        ForgedRun run = run();
        Table keccak = run.table(0, "keccak");
        long first = left(run, FIRST);
        long second = left(run, SECOND);
        keccak.set(0, "address", SECOND >>> 3);
        keccak.set(1, "address", FIRST >>> 3);
        long[] state = new long[KeccakF.LANES];
        KeccakF.permute(state);
        for (int i = 0; i < KeccakF.LANES; i++) {
            // What the first call's row says of times is right for the second call's words too.
            leave(run, FIRST + 8 * i, state[i], second);
            leave(run, SECOND + 8 * i, state[i], first);
        }
        refused(run, CALL_BUS);
        // A block elsewhere: as many zeros are there.
        run = run();
        Table sha = run.table(0, "sha-256");
        sha.add(0, "blockAddress", 1);
        refused(run, CALL_BUS, MEMORY_BUS);
    }

    @Test
    void whatIsLeftIsTheFunctionsResult() {
        ForgedRun run = run();
        Table keccak = run.table(0, "keccak");
        long clock = left(run, FIRST);
        long[] state = new long[KeccakF.LANES];
        KeccakF.permute(state);
        keccak.limbs(0, "state[7].after", state[7] ^ 1);
        leave(run, FIRST + 56, state[7] ^ 1, clock);
        refused(run, KECCAK_BUS);
        proofRefused(Rejection.LOGUP_SUM, run);
        // Two words in each other's place.
        run = run();
        keccak = run.table(0, "keccak");
        keccak.limbs(0, "state[0].after", state[1]);
        keccak.limbs(0, "state[1].after", state[0]);
        leave(run, FIRST, state[1], clock);
        leave(run, FIRST + 8, state[0], clock);
        refused(run, KECCAK_BUS);
        // SHA-256, the upper half of a word, of which nothing is read afterwards.
        run = run();
        long[] sha = new long[4];
        Accelerator.SHA256_COMPRESS.apply(sha, new long[8]);
        run.table(0, "sha-256").limbs(0, "state[3].after", sha[3] + (1L << 40));
        leave(run, STATE + 24, sha[3] + (1L << 40), left(run, STATE + 24));
        refused(run, "bus sha-256");
    }

    /** Sums are modulo 2^32 and of limbs of 16 bits. */
    @Test
    void limbsOfSumsHave16Bits() {
        ForgedRun run = run();
        Table sha = run.table(0, "sha-256");
        long after = sha.get(0, "state[3].after[0]");
        // One limb 2^16 too large, and not carried on: the state before is 0, so nothing is carried anyhow.
        sha.set(0, "state[3].after[0]", after + (1 << 16));
        sha.set(0, "carries[12]", -1);
        sha.set(0, "carries[13]", 0);
        Set<String> violations = run.recount().violations();
        assertTrue(violations.contains("sha-256: carry[12] is boolean"), violations::toString);
        assertTrue(violations.contains(RANGE_BUS), violations::toString);
    }

    @Test
    void aRoundHasItsOwnConstant() {
        ForgedRun run = run();
        Table keccak = run.table(0, "keccak");
        Table rounds = run.table(0, "keccak-round");
        long clock = keccak.get(0, "clock");
        KeccakF f = new KeccakF();
        long[] state = new long[KeccakF.LANES];
        for (int round = 0; round < KeccakF.ROUNDS; round++) {
            f.round(state, round);
            int row = row(rounds, clock, round);
            if (round == 5) {
                rounds.add(row, "bits.iota[0]", KeccakF.iota(round, 0) ? -1 : 1);
                state[0] ^= 1;
            }
            fill(rounds, row, f, state);
        }
        for (int i = 0; i < KeccakF.LANES; i++) {
            long end = left(run, FIRST + 8 * i);
            keccak.limbs(0, "state[" + i + "].after", state[i]);
            leave(run, FIRST + 8 * i, state[i], end);
        }
        refused(run, "bus keccak round");
        proofRefused(Rejection.LOGUP_SUM, run);
    }

    /** One more in the constant of the last round is one more in a and e, which nobody reads afterwards. */
    @Test
    void theLastRoundsOfSha256HaveTheirOwnConstants() {
        ForgedRun run = run();
        Table rounds = run.table(0, "sha-256-rounds");
        int row = rounds.find("last", 1);
        for (String column : List.of("constants[14]", "lastA[0]", "lastE[0]")) {
            rounds.add(row, "rounds." + column, 1);
        }
        long[] state = new long[4];
        Accelerator.SHA256_COMPRESS.apply(state, new long[8]);
        for (int word : new int[] {0, 2}) {
            run.table(0, "sha-256").limbs(0, "state[" + word + "].after", state[word] + 1);
            leave(run, STATE + 8 * word, state[word] + 1, left(run, STATE + 8 * word));
        }
        refused(run, "bus sha-256 rounds");
        proofRefused(Rejection.LOGUP_SUM, run);
        // Nor do they have those of another row, or go on behind the last one.
        for (String column : List.of("row", "last")) {
            run = run();
            rounds = run.table(0, "sha-256-rounds");
            rounds.add(rounds.find("last", 1), column, -1);
            assertTrue(run.recount().violations().contains("bus sha-256 rounds"));
        }
    }

    /** Each row of a table of constants answers as often as rounds ask: no more, no less, whether it was asked or only fills the table. */
    @Test
    void constantsThatNobodyLookedUpAreNotAnswered() {
        Map<String, String> buses =
                Map.of("keccak-constants", "bus keccak round", "sha-256-constants", "bus sha-256 rounds");
        buses.forEach((name, bus) -> {
            ForgedRun run = run();
            Table constants = run.table(0, name);
            for (int row = 0; row < constants.trace().height(); row++) {
                for (int change : new int[] {1, -1}) {
                    constants.add(row, "multiplicity", change);
                    assertEquals(Set.of(bus), run.violations(), name + " row " + row);
                    constants.add(row, "multiplicity", -change);
                }
            }
            constants.add(0, "multiplicity", 1);
            proofRefused(Rejection.LOGUP_SUM, run);
        });
    }

    @Test
    void noRoundIsLeftOut() {
        ForgedRun run = run();
        Table keccak = run.table(0, "keccak");
        Table rounds = run.table(0, "keccak-round");
        KeccakF f = new KeccakF();
        long[] state = new long[KeccakF.LANES];
        for (int round = 0; round < KeccakF.ROUNDS - 1; round++) {
            f.round(state, round);
        }
        rounds.zero(row(rounds, keccak.get(0, "clock"), KeccakF.ROUNDS - 1));
        for (int i = 0; i < KeccakF.LANES; i++) {
            long end = left(run, FIRST + 8 * i);
            keccak.limbs(0, "state[" + i + "].after", state[i]);
            leave(run, FIRST + 8 * i, state[i], end);
        }
        refused(run, KECCAK_BUS);
    }

    private static int row(Table rounds, long clock, int round) {
        return IntStream.range(0, rounds.trace().height())
                .filter(r -> rounds.get(r, "clock") == clock && rounds.get(r, "round") == round)
                .findFirst()
                .orElseThrow();
    }

    private static void fill(Table rounds, int row, KeccakF f, long[] state) {
        for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
            rounds.set(row, "bits.flipped[" + j + "]", state[0] >>> (1 << j) - 1 & 1);
        }
        bits(rounds, row, "bits.c", f.c);
        bits(rounds, row, "bits.cPrime", f.cPrime);
        bits(rounds, row, "bits.aPrime", f.aPrime);
    }

    private static void bits(Table rounds, int row, String column, long[] lanes) {
        for (int bit = 0; bit < 64 * lanes.length; bit++) {
            rounds.set(row, column + "[" + bit + "]", lanes[bit / 64] >>> bit % 64 & 1);
        }
    }

    @Test
    void theAccessBeforeIsEarlier() {
        for (String chip : List.of("keccak", "sha-256")) {
            ForgedRun run = run();
            Table table = run.table(0, chip);
            long now = table.get(0, "clock") + 3;
            // An access that nobody has made yet.
            table.set(0, "state[0].word.access.previous", now + 1);
            table.set(0, "state[0].word.access.gapLow", -2 & 0xFFFF);
            refused(run, MEMORY_BUS, RANGE_BUS);
        }
    }

    /** Makes the first call's pointer {@code pointer}, from the input on. */
    private static void point(ForgedRun run, long pointer) {
        Table firstLast = run.table(0, "first-last");
        Table boundary = run.table(0, "boundary");
        for (String column : List.of("first", "last")) {
            firstLast.limbs(firstLast.find("address", INPUT_WORD), column, pointer);
        }
        for (String column : List.of("in", "out")) {
            boundary.limbs(boundary.find("address", INPUT_WORD), column, pointer);
        }
        Table loads = run.table(0, "load-double");
        int[] rows = IntStream.range(0, loads.trace().height())
                .filter(r -> loads.get(r, "rd") == Reg.A0)
                .toArray();
        loads.limbs(rows[0], "word.value", pointer);
        loads.limbs(rows[1], "result.old", pointer);
        Table calls = run.table(0, "ecall");
        calls.limbs(calls.find("keccak", 1), "value.value", pointer);
    }

    @Test
    void pointersAreAddressesOfWords() {
        ForgedRun run = run();
        point(run, FIRST + 4);
        refused(run, RANGE_BUS, CALL_BUS);
        run = run();
        point(run, FIRST | 1L << 32);
        refused(run, "ecall: pointer[2]");
        run = run();
        point(run, FIRST | 1L << 63);
        refused(run, "ecall: pointer[3]");
        // The block's are the register's limbs.
        run = run();
        Table calls = run.table(0, "ecall");
        calls.add(calls.find("sha256", 1), "blockWord", 1);
        refused(run, CALL_BUS, MEMORY_BUS);
    }

    /** Where the machine allows it, moving a state there is right. */
    @Test
    void aStateMayLieAnywhereButInGuards() {
        for (long pointer : new long[] {FIRST + 0x8000, AddressSpace.INPUT_START - 8 * KeccakF.LANES}) {
            ForgedRun run = run();
            move(run, pointer, false);
            refused(run);
        }
        for (long pointer :
                new long[] {0, 0xFF8, 0x1000 - 200, 0xDFFF_FF40L, 0xE000_0000L, 0xE000_FFF8L, 0xFFFF_FF40L, 0xFFFF_FFF8L
                }) {
            ForgedRun run = run();
            move(run, pointer, false);
            refused(run, RANGE_BUS);
            // In regions of their own, of which the key knows nothing.
            run = run();
            move(run, pointer, true);
            refused(run, "bus region");
        }
        ForgedRun run = run();
        move(run, 0xFF8, true);
        proofRefused(Rejection.LOGUP_SUM, run);
    }

    /** Moves the first call's state from {@link #FIRST} to {@code pointer}, with all that others say of these words. */
    private static void move(ForgedRun run, long pointer, boolean ownRegions) {
        point(run, pointer);
        run.table(0, "keccak").set(0, "address", pointer >>> 3);
        Table boundary = run.table(0, "boundary");
        Table firstLast = run.table(0, "first-last");
        int[] words = new int[KeccakF.LANES];
        int[] opened = new int[KeccakF.LANES];
        for (int i = 0; i < KeccakF.LANES; i++) {
            words[i] = firstLast.find("address", (FIRST >>> 3) + i);
            opened[i] = boundary.find("address", (FIRST >>> 3) + i);
        }
        for (int i = 0; i < KeccakF.LANES; i++) {
            long address = (pointer >>> 3) + i;
            firstLast.set(words[i], "address", address);
            boundary.set(opened[i], "address", address);
            long from = ownRegions ? address : firstLast.get(words[i], "from");
            long to = ownRegions ? address : firstLast.get(words[i], "to");
            firstLast.set(words[i], "from", from);
            firstLast.set(words[i], "to", to);
            firstLast.set(words[i], "fromLow", address - from & 0xFFFF);
            firstLast.set(words[i], "toLow", to - address & 0xFFFF);
        }
        Integer[] rows = IntStream.range(0, firstLast.trace().height())
                .filter(r -> firstLast.get(r, "segment") != 0)
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(rows, Comparator.comparingLong(r -> signed(firstLast.get(r, "address"))));
        long previous = -1;
        for (int row : rows) {
            long address = signed(firstLast.get(row, "address"));
            firstLast.set(row, "previous", previous);
            firstLast.set(row, "gapLow", address - previous - 1 & 0xFFFF);
            previous = address;
        }
    }

    private static long signed(long element) {
        return element > KoalaBear.P / 2 ? element - KoalaBear.P : element;
    }
}
