package dev.firesteel.jobs.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.prove.Threads.Executors;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an executor's cores and heap are divided among segments. */
class ThreadsTest {
    private static final long GIB = 1L << 30;

    private static Threads plan(Executors executors, int segments, long each) {
        return Threads.plan(executors, 0, 0, Collections.nCopies(segments, each));
    }

    private static void assertPlan(int concurrent, int threads, Threads plan) {
        assertEquals(concurrent + " x " + threads, plan.concurrent() + " x " + plan.threads());
    }

    @Test
    void manyShortSegmentsHaveOneThreadEach() {
        assertPlan(8, 1, plan(new Executors(1, 8, 1, 16 * GIB), 100, GIB));
    }

    @Test
    void whatTheHeapDoesNotAllowAtATimeGoesToTheThreadsOfFewer() {
        assertPlan(2, 4, plan(new Executors(1, 8, 1, 16 * GIB), 100, 7 * GIB));
        assertPlan(1, 8, plan(new Executors(1, 8, 1, 16 * GIB), 100, 9 * GIB));
    }

    @Test
    void fewSegmentsAreSharedOutAmongExecutors() {
        assertPlan(2, 4, plan(new Executors(4, 8, 1, 16 * GIB), 8, GIB));
        assertPlan(3, 2, plan(new Executors(4, 8, 1, 16 * GIB), 9, GIB));
        assertPlan(1, 8, plan(new Executors(4, 8, 1, 16 * GIB), 1, GIB));
    }

    @Test
    void aProverHasAtLeastTheCoresOfItsTask() {
        assertPlan(4, 2, plan(new Executors(1, 8, 2, 16 * GIB), 100, GIB));
        assertPlan(1, 4, plan(new Executors(1, 2, 4, 16 * GIB), 100, GIB));
    }

    @Test
    void whatTheUserSaysCounts() {
        Executors executors = new Executors(1, 8, 1, 16 * GIB);
        List<Long> estimates = Collections.nCopies(100, 7 * GIB);
        assertPlan(8, 1, Threads.plan(executors, 8, 0, estimates));
        assertPlan(2, 1, Threads.plan(executors, 0, 1, estimates));
    }

    @Test
    void aSegmentThatDoesNotFitIsRefusedWithFiguresAndDoesNotChangeThePlan() {
        Executors executors = new Executors(1, 8, 1, 6 * GIB);
        Threads plan = Threads.plan(executors, 0, 0, List.of(7 * GIB, GIB, GIB, GIB));
        assertPlan(4, 2, plan);
        SegmentPiece piece = new SegmentPiece(TargetFixture.of("r", 1), 0, 1 << 20, 1000);
        assertNull(plan.refusal(piece, 6 * GIB));
        String why = plan.refusal(piece, 7 * GIB);
        assertTrue(
                why.contains("segment 0 of 'r' has 1048576 cycles and 1000 touched words and needs about 7168 MiB"),
                why);
        assertTrue(why.contains("have 6144: set -c spark.executor.memory=13141m, or execute with a smaller"), why);
    }
}
