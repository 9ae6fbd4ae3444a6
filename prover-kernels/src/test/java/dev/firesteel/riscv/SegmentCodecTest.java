package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentCodecTest {
    private record Word(long value, int last) {}

    @Provide
    Arbitrary<SegmentMemory> memories() {
        Arbitrary<Long> near = Arbitraries.longs().between(0, 40);
        Arbitrary<Long> anywhere = Arbitraries.longs().between(0, (1L << 29) - 1);
        Arbitrary<List<Long>> indices =
                Arbitraries.oneOf(near, anywhere).list().ofMaxSize(60).map(l -> List.copyOf(new TreeSet<>(l)));
        Arbitrary<Word> word = Combinators.combine(
                        Arbitraries.longs(), Arbitraries.integers().between(0, Integer.MAX_VALUE))
                .as(Word::new);
        return indices.flatMap(list -> word.list().ofSize(list.size()).map(words -> {
            long[] addresses = list.stream().mapToLong(i -> 8 * i).toArray();
            long[] values = words.stream().mapToLong(Word::value).toArray();
            int[] last = words.stream().mapToInt(Word::last).toArray();
            return new SegmentMemory(addresses, values, last);
        }));
    }

    private static byte[] encode(SegmentMemory memory) {
        return SegmentCodec.encodeMemory(memory.addresses(), memory.valuesIn(), memory.lastSegments());
    }

    @Property
    void decodingInvertsEncoding(@ForAll("memories") SegmentMemory memory) throws SegmentCodecException {
        assertEquals(memory, SegmentCodec.decodeMemory(encode(memory)));
    }

    @Property
    void noOtherBytesDecode(@ForAll("memories") SegmentMemory memory, @ForAll int at, @ForAll byte change) {
        byte[] bytes = encode(memory);
        bytes[Math.floorMod(at, bytes.length)] ^= change;
        try {
            // One value, one encoding: what decodes at all must encode to the same bytes.
            assertArrayEquals(bytes, encode(SegmentCodec.decodeMemory(bytes)));
        } catch (SegmentCodecException refused) {
            assertTrue(refused.getMessage().startsWith("segment memory: "));
        }
    }

    @Property
    void anyBytesDecodeOrAreRefused(@ForAll byte[] bytes) {
        byte[] versioned = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, 0, versioned, 1, bytes.length);
        versioned[0] = 1;
        try {
            assertArrayEquals(versioned, encode(SegmentCodec.decodeMemory(versioned)));
        } catch (SegmentCodecException refused) {
            assertTrue(refused.getMessage().startsWith("segment memory: "));
        }
    }

    @Property
    void noPrefixDecodes(@ForAll("memories") SegmentMemory memory) {
        byte[] bytes = encode(memory);
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            assertThrows(SegmentCodecException.class, () -> SegmentCodec.decodeMemory(prefix));
        }
    }

    @Test
    void goldenBytes() {
        byte[] bytes = SegmentCodec.encodeMemory(
                new long[] {0x1000, 0x1008, 0x10_0000}, new long[] {0, -1, 300}, new int[] {0, 1, 128});
        assertEquals(
                "01" + "03" + "8004" + "00" + "fefb07" + "00" + "ffffffffffffffffff01" + "ac02" + "00" + "01" + "8001",
                HexFormat.of().formatHex(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "'', not version 1",
        "02 00, not version 1",
        "01, truncated",
        "01 00 00, 1 trailing bytes",
        "01 80 00, not canonical",
        "01 ffffffffffffffffff01, cannot lie in",
        "01 ffffffff07, cannot lie in",
        "01 ffffffffffffffffff02, not canonical",
        "01 ffffffffffffffffffff01, exceeds 64 bits",
        "01 01 8080808002 00 00, not below 2^32",
        "01 01 ffffffffffffffffff01 00 00, not below 2^32",
        "01 02 ffffffff01 00 00 00 00 00, not below 2^32",
        "01 01 00 00 8080808008, last segment exceeds",
        "01 01 00 8000 00, not canonical",
        "01 01 00 00 80, truncated",
    })
    void refuses(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        SegmentCodecException e = assertThrows(SegmentCodecException.class, () -> SegmentCodec.decodeMemory(bytes));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void refusesToEncodeWhatItWouldNotDecode() {
        long[] zero = {0, 0};
        int[] none = {0, 0};
        for (long[] addresses : new long[][] {{8, 8}, {16, 8}, {0, 4}, {0, 1L << 32}, {-8, 0}}) {
            assertThrows(IllegalArgumentException.class, () -> SegmentCodec.encodeMemory(addresses, zero, none));
        }
        assertThrows(IllegalArgumentException.class, () -> SegmentCodec.encodeMemory(zero, zero, new int[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SegmentCodec.encodeMemory(new long[] {0, 8}, zero, new int[] {0, -1}));
    }
}
