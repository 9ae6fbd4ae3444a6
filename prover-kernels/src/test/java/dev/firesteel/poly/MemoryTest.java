package dev.firesteel.poly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.ExtVector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final Memory memory = new Memory();

    @Test
    void whatIsInUseIsNotGivenToAnother() {
        int[] a = memory.ints(5000);
        int[] b = memory.ints(5000);
        assertNotSame(a, b);
        memory.release(0);
        assertEquals(40_000, memory.freeBytes());
        int[] c = memory.ints(4000);
        int[] d = memory.ints(5000);
        int[] e = memory.ints(5000);
        assertTrue((c == a && d == b) || (c == b && d == a));
        assertNotSame(c, e);
        assertNotSame(d, e);
    }

    @Test
    void onlyWhatWasTakenSinceAMarkIsReleased() {
        int[] kept = memory.ints(2000);
        int mark = memory.mark();
        int[] released = memory.ints(2000);
        memory.release(mark);
        assertSame(released, memory.ints(2000));
        assertNotSame(kept, memory.ints(2000));
    }

    @Test
    void whatWasNotTakenAgainIsForgotten() {
        memory.ints(100_000);
        memory.release(0);
        memory.ints(2000);
        memory.release(0);
        assertEquals(8000, memory.freeBytes());
    }

    @Test
    void aMuchLongerArrayIsNotSpentOnAShortOne() {
        int[] large = memory.ints(100_000);
        memory.release(0);
        assertEquals(2000, memory.ints(2000).length);
        assertSame(large, memory.ints(60_000));
    }

    @Test
    void zerosAreZerosAndVectorsAsLongAsAsked() {
        Memory garbage = Memory.ofGarbage(7);
        garbage.ints(3000);
        garbage.release(0);
        ExtVector zeros = garbage.zeros(2500);
        assertEquals(2500, zeros.length());
        for (int k = 0; k < 5; k++) {
            assertArrayEquals(new int[2500], Arrays.copyOf(zeros.coordinate(k), 2500));
        }
        assertEquals(7, garbage.vector(10).coordinate(4)[9]);
    }

    @Test
    void freshMemoryKeepsNothing() {
        Memory.fresh().ints(5000);
        assertEquals(0, Memory.fresh().mark());
        Memory.fresh().release(0);
        assertEquals(0, Memory.fresh().freeBytes());
    }
}
