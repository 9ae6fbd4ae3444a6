package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** ELFs come from strangers: for any bytes, either a program or an {@link ElfException}. */
class ElfMutationTest {
    private static final long[] NASTY = {
        0,
        1,
        -1,
        2,
        4,
        7,
        63,
        64,
        0xFFF,
        0x1000,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFFL,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0xC000_0000L,
        0xE000_0000L,
        0xEFFF_FFFFL,
        1L << 30
    };

    private static byte[] original() {
        return TestElf.minimal()
                .segment(TestElf.R | TestElf.W, 0x20_0000, new byte[100], 0x4000)
                .header(h -> h.type = 4)
                .symbol("_start", TestElf.TEXT, 4, 2)
                .symbol("rest", TestElf.TEXT + 4, 4, 2)
                .bytes();
    }

    @Test
    void mutatedFilesLoadOrAreRefused() {
        Random random = new Random(0xE1F);
        byte[] original = original();
        int sections =
                (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
        Set<ElfError> seen = EnumSet.noneOf(ElfError.class);
        int loaded = 0;
        for (int round = 0; round < 60_000; round++) {
            byte[] mutant = original.clone();
            ByteBuffer view = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
            for (int change = random.nextInt(4); change >= 0; change--) {
                // Headers, symbols and section headers; what lies between does not steer the loader.
                int window = random.nextInt(3);
                int at = window == 0
                        ? random.nextInt(64 + 3 * 56)
                        : window == 1 ? sections - 80 + random.nextInt(80) : sections + random.nextInt(192 - 8);
                switch (random.nextInt(3)) {
                    case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> mutant[at] = (byte) random.nextInt();
                    default -> view.putLong(at & ~7, NASTY[random.nextInt(NASTY.length)] + random.nextInt(3) - 1);
                }
            }
            if (random.nextInt(10) == 0) {
                mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 1));
            }
            try {
                Program program = Program.load(mutant, "mutant");
                assertTrue(program.imageBytes() <= ElfLoader.MAX_IMAGE_BYTES);
                loaded++;
            } catch (ElfException e) {
                seen.add(e.error());
            }
        }
        assertTrue(loaded > 5_000, "only " + loaded + " mutants load");
        assertTrue(seen.size() > 20, "only these rules were met: " + seen);
    }

    @Test
    void randomBytesBehindAGoodHeaderLoadOrAreRefused() {
        Random random = new Random(7);
        byte[] original = original();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] file = Arrays.copyOf(original, 64 + random.nextInt(600));
            for (int i = 16 + random.nextInt(64); i < file.length; i++) {
                file[i] = (byte) random.nextInt();
            }
            try {
                Program.load(file, "random");
            } catch (ElfException e) {
                refused++;
            }
        }
        assertTrue(refused > 19_000, refused + " refused");
    }
}
