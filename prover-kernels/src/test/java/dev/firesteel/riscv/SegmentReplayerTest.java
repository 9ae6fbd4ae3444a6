package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One thing of a good segment is changed; the replay must say so. */
class SegmentReplayerTest {
    private static Program program;
    private static List<Segment> segments;

    /** A segment's fields, free to be changed. */
    private static final class Draft {
        int index;
        boolean last;
        long cycles;
        long startPc;
        long endPc;
        long[] startRegisters;
        long[] endRegisters;
        long[] addresses;
        long[] valuesIn;
        int[] lastSegments;
        byte[] output;
        Map<InstructionFamily, Long> families;
        Map<Accelerator, Long> calls;
        long misaligned;
        Outcome outcome;
        int exitCode;

        Draft(Segment s) {
            index = s.index();
            last = s.last();
            cycles = s.cycles();
            startPc = s.startPc();
            endPc = s.endPc();
            startRegisters = s.startRegisters().clone();
            endRegisters = s.endRegisters().clone();
            addresses = s.addresses().clone();
            valuesIn = s.valuesIn().clone();
            lastSegments = s.lastSegments().clone();
            output = s.output().clone();
            families = new EnumMap<>(s.families());
            misaligned = s.misalignedAccesses();
            calls = new EnumMap<>(Accelerator.class);
            calls.putAll(s.acceleratorCalls());
            outcome = s.outcome();
            exitCode = s.exitCode();
        }

        void remove(int word) {
            int n = addresses.length - 1;
            long[] a = new long[n];
            long[] v = new long[n];
            int[] l = new int[n];
            for (int i = 0; i < n; i++) {
                int from = i < word ? i : i + 1;
                a[i] = addresses[from];
                v[i] = valuesIn[from];
                l[i] = lastSegments[from];
            }
            addresses = a;
            valuesIn = v;
            lastSegments = l;
        }

        void append(long address, long value, int lastSegment) {
            int n = addresses.length;
            addresses = java.util.Arrays.copyOf(addresses, n + 1);
            valuesIn = java.util.Arrays.copyOf(valuesIn, n + 1);
            lastSegments = java.util.Arrays.copyOf(lastSegments, n + 1);
            addresses[n] = address;
            valuesIn[n] = value;
            lastSegments[n] = lastSegment;
        }

        Segment build() {
            return new Segment(
                    index,
                    last,
                    0,
                    cycles,
                    startPc,
                    endPc,
                    startRegisters,
                    endRegisters,
                    addresses,
                    valuesIn,
                    lastSegments,
                    0,
                    output,
                    families,
                    misaligned,
                    calls,
                    outcome,
                    exitCode);
        }
    }

    @BeforeAll
    static void run() throws Exception {
        program = TestPrograms.mixer(500);
        segments = SegmentChecks.segments(
                program, new byte[64], ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(4096)));
    }

    private static ReplayException refused(ReplayError error, int index, Consumer<Draft> change) {
        Draft draft = new Draft(segments.get(index));
        change.accept(draft);
        Segment segment = draft.build();
        ReplayException e = assertThrows(ReplayException.class, () -> SegmentReplayer.replay(program, segment));
        assertEquals(error, e.error(), e.getMessage());
        return e;
    }

    private static int lastIndex() {
        return segments.size() - 1;
    }

    @Test
    void anUnchangedDraftReplays() {
        segments.forEach(s -> SegmentReplayer.replay(program, new Draft(s).build()));
    }

    @Test
    void everyListedWordIsNeeded() {
        Segment segment = segments.get(1);
        for (int i = 0; i < segment.addresses().length; i++) {
            int word = i;
            ReplayException e = refused(ReplayError.WORD_NOT_LISTED, 1, d -> d.remove(word));
            assertEquals(segment.addresses()[i], e.address());
        }
    }

    @Test
    void aWordThatIsNotTouchedIsRefused() {
        ReplayException e = refused(ReplayError.WORD_NOT_TOUCHED, 1, d -> d.append(0xFFFF_0000L, 0, 0));
        assertEquals(0xFFFF_0000L, e.address());
    }

    @Test
    void aWordInAGuardIsRefused() {
        refused(ReplayError.WRONG_INITIAL_VALUE, 0, d -> {
            d.addresses = new long[] {8};
            d.valuesIn = new long[1];
            d.lastSegments = new int[1];
        });
    }

    @Test
    void anInitialValueMustBeTheImages() {
        refused(ReplayError.WRONG_INITIAL_VALUE, 0, d -> d.valuesIn[0] ^= 1);
        refused(ReplayError.WRONG_INITIAL_VALUE, 1, d -> d.append(0xFFFF_0000L, 1, 0));
    }

    @Test
    void aWrongStartLeadsElsewhere() {
        assertThrows(ReplayException.class, () -> {
            Draft d = new Draft(segments.get(1));
            d.startRegisters[19] ^= 1;
            SegmentReplayer.replay(program, d.build());
        });
        refused(ReplayError.WRONG_REGISTER, 1, d -> d.startRegisters[0] = 1);
        refused(ReplayError.WRONG_END, 1, d -> d.startPc = 0x20_0000);
        refused(ReplayError.WRONG_END, 1, d -> d.startPc += 2);
    }

    @Test
    void everyEndRegisterCounts() {
        for (int r = 0; r < 32; r++) {
            int register = r;
            refused(ReplayError.WRONG_REGISTER, 1, d -> d.endRegisters[register] ^= 1L << register);
        }
    }

    @Test
    void theRestOfTheEndCounts() {
        refused(ReplayError.WRONG_PC, 1, d -> d.endPc += 4);
        refused(ReplayError.WRONG_OUTPUT, 0, d -> d.output[0] ^= 1);
        refused(ReplayError.WRONG_OUTPUT, 0, d -> d.output = new byte[0]);
        refused(ReplayError.WRONG_COUNT, 1, d -> d.misaligned++);
        refused(ReplayError.WRONG_COUNT, 1, d -> d.calls.put(Accelerator.KECCAK_F1600, 1L));
        refused(ReplayError.WRONG_COUNT, 1, d -> d.families.merge(InstructionFamily.MULTIPLY, 1L, Long::sum));
    }

    @Test
    void theEndOfTheRunCounts() {
        refused(ReplayError.WRONG_END, lastIndex(), d -> d.exitCode = 1);
        refused(ReplayError.WRONG_END, lastIndex(), d -> d.cycles++);
        refused(ReplayError.WRONG_END, lastIndex(), d -> d.cycles--);
        refused(ReplayError.WRONG_END, lastIndex(), d -> d.outcome = Outcome.TRAPPED);
        refused(ReplayError.WRONG_END, lastIndex(), d -> d.outcome = Outcome.CYCLE_LIMIT);
        refused(ReplayError.WRONG_END, lastIndex(), d -> {
            d.last = false;
            d.outcome = null;
        });
        refused(ReplayError.WRONG_END, 0, d -> {
            d.last = true;
            d.outcome = Outcome.HALTED;
        });
    }

    @Test
    void recordsThatNoRunProducesAreRefused() {
        List<Consumer<Draft>> changes = List.of(
                d -> d.cycles = 0,
                d -> d.index = -1,
                d -> d.exitCode = 1,
                d -> d.outcome = Outcome.HALTED,
                d -> d.last = true,
                d -> d.endRegisters = new long[33],
                d -> d.valuesIn = new long[1],
                d -> d.addresses[1] = d.addresses[0],
                d -> d.addresses[0] += 4,
                d -> d.addresses[d.addresses.length - 1] = 1L << 32,
                d -> d.lastSegments[0] = d.index + 1,
                d -> d.lastSegments[0] = -1);
        for (Consumer<Draft> change : changes) {
            Draft draft = new Draft(segments.get(1));
            change.accept(draft);
            assertThrows(IllegalArgumentException.class, draft::build);
        }
    }
}
