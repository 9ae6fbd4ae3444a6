package dev.firesteel.jobs.ingest.ethereum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RlpTest {
    @Test
    void stringsAndListsOfTheYellowPaperAreRead() {
        assertArrayEquals("dog".getBytes(), Rlp.decode(bytes("83646f67")).string());
        assertEquals(0, Rlp.decode(bytes("80")).string().length);
        assertEquals(15, Rlp.decode(bytes("0f")).longNumber());
        assertEquals(1024, Rlp.decode(bytes("820400")).longNumber());
        Rlp list = Rlp.decode(bytes("c88363617483646f67"));
        assertTrue(list.isList());
        assertArrayEquals("dog".getBytes(), list.items().get(1).string());
        assertArrayEquals(bytes("83636174"), list.items().get(0).encoded());
        assertEquals(56, Rlp.decode(bytes("b838" + "61".repeat(56))).string().length);
        assertEquals(56, Rlp.decode(bytes("f838" + "61".repeat(56))).items().size());
    }

    @ParameterizedTest
    @CsvSource({
        "'', where an item should begin",
        "8364, wants 3 bytes",
        "8001, after the RLP item",
        "8105, not in its shortest form",
        "b801ff, not in its shortest form",
        "b90038, not in its shortest form",
        "bf01, leaves the data",
        "c28364, wants 3 bytes"
    })
    void anythingButTheCanonicalEncodingIsRefused(String hex, String reason) {
        var e = assertThrows(RlpException.class, () -> {
            Rlp item = Rlp.decode(bytes(hex));
            item.items();
        });
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void numbersHaveNoLeadingZerosAndFit() {
        assertThrows(RlpException.class, () -> Rlp.decode(bytes("820001")).number());
        assertThrows(
                RlpException.class,
                () -> Rlp.decode(bytes("88ffffffffffffffff")).longNumber());
    }

    @Test
    void keccakIsEthereumsAndNotSha3() {
        assertEquals(
                "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                Keccak.hash(new byte[0]).toString());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
