package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.machine.SharedMemory.Run;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests of several segments that share memory, from traces to a verified whole. */
class SegmentsProvedTest {
    private static final Parallel PARALLEL = new Parallel(1);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    @Test
    void honestRequestsOfAnyNumberOfSegmentsAreAccepted() throws Exception {
        ProvingKey key = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
        int[][] accesses = {{9}, {7, 12}, {5, 1, 20, 0, 3}};
        for (int[] segments : accesses) {
            Run run = SharedMemory.run(6, segments);
            assertEquals(
                    segments.length,
                    ProvedRequest.of(key, run, PARALLEL).verify().size());
        }
    }
}
