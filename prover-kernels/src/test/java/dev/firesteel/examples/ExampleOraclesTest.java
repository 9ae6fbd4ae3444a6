package dev.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.machine.PublicMessage;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machines claim is computed again by other means. */
class ExampleOraclesTest {
    private static int[] canonical(PublicMessage message) {
        return message.fields().stream().mapToInt(KoalaBear::toCanonical).toArray();
    }

    @Test
    void fibonacciNumbersAreThoseOfBigIntegers() {
        List<PublicMessage> messages =
                new FibonacciMachine().instance(9, 300, 1).messages();
        int[] first = canonical(messages.get(0));
        BigInteger a = BigInteger.valueOf(first[1]);
        BigInteger b = BigInteger.valueOf(first[2]);
        for (int i = 0; i < 300; i++) {
            BigInteger next = a.add(b);
            a = b;
            b = next;
        }
        BigInteger p = BigInteger.valueOf(KoalaBear.P);
        int[] expected = {300, a.mod(p).intValue(), b.mod(p).intValue()};
        assertArrayEquals(expected, canonical(messages.get(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void sumsAreThoseOfBigIntegers(int limbBits) {
        List<PublicMessage> messages =
                new AdderMachine(limbBits).instance(9, 300, 2).messages();
        int[] first = canonical(messages.get(0));
        BigInteger a = number(first, 1, limbBits);
        BigInteger b = number(first, 1 + AdderMachine.LIMBS, limbBits);
        BigInteger modulus = BigInteger.ONE.shiftLeft(AdderMachine.LIMBS * limbBits);
        for (int i = 0; i < 300; i++) {
            BigInteger next = a.add(b).mod(modulus);
            a = b;
            b = next;
        }
        int[] last = canonical(messages.get(1));
        assertEquals(300, last[0]);
        assertEquals(a, number(last, 1, limbBits));
        assertEquals(b, number(last, 1 + AdderMachine.LIMBS, limbBits));
    }

    private static BigInteger number(int[] limbs, int from, int limbBits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = AdderMachine.LIMBS - 1; i >= 0; i--) {
            number = number.shiftLeft(limbBits).add(BigInteger.valueOf(limbs[from + i]));
        }
        return number;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 5, 10, 13})
    void theNetworkPermutesItsInputs(int logRows) {
        NetworkMachine machine = new NetworkMachine();
        int n = machine.capacity(logRows);
        List<PublicMessage> messages = machine.instance(logRows, 3).messages();
        boolean[] taken = new boolean[n];
        for (int j = 0; j < n; j++) {
            List<Integer> out = messages.get(n + j).fields();
            int source = KoalaBear.toCanonical(out.get(1));
            assertEquals(messages.get(source).fields().get(2), out.get(2));
            taken[source] = true;
        }
        assertEquals(n, IntStream.range(0, n).filter(i -> taken[i]).count());
    }

    @Test
    void everyPermutationOfEightInputsIsRouted() {
        BenesNetwork network = new BenesNetwork(3);
        int[] source = IntStream.range(0, 8).toArray();
        int count = 0;
        do {
            int[] wires = new int[network.wires()];
            for (int i = 0; i < 8; i++) {
                wires[i] = i;
            }
            boolean[] crossed = network.route(source);
            for (int s = 0; s < network.switches(); s++) {
                for (int i = 0; i < 2; i++) {
                    wires[network.wire(s, 2 + (crossed[s] ? 1 - i : i))] = wires[network.wire(s, i)];
                }
            }
            for (int j = 0; j < 8; j++) {
                assertEquals(source[j], wires[network.output(j)]);
            }
            count++;
        } while (next(source));
        assertEquals(40320, count);
    }

    /** The next permutation in lexicographic order. */
    private static boolean next(int[] a) {
        int i = a.length - 2;
        while (i >= 0 && a[i] > a[i + 1]) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        int j = a.length - 1;
        while (a[j] < a[i]) {
            j--;
        }
        int swap = a[i];
        a[i] = a[j];
        a[j] = swap;
        Arrays.sort(a, i + 1, a.length);
        return true;
    }

    @Test
    void aSpongeOfKeccakFIsSha3() throws Exception {
        Random random = new Random(4);
        for (int length : new int[] {0, 1, 135, 136, 137, 1000}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            assertArrayEquals(MessageDigest.getInstance("SHA3-256").digest(message), sha3(message));
        }
    }

    /** SHA3-256 (FIPS 202, section 6.1). */
    private static byte[] sha3(byte[] message) {
        int rate = 136;
        byte[] padded = Arrays.copyOf(message, (message.length / rate + 1) * rate);
        padded[message.length] ^= 0x06;
        padded[padded.length - 1] ^= (byte) 0x80;
        long[] state = new long[KeccakF.LANES];
        ByteBuffer blocks = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        while (blocks.hasRemaining()) {
            for (int i = 0; i < rate / 8; i++) {
                state[i] ^= blocks.getLong();
            }
            KeccakF.permute(state);
        }
        ByteBuffer digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4; i++) {
            digest.putLong(state[i]);
        }
        return digest.array();
    }

    @Test
    void keccakRoundsAddUpToWholePermutations() {
        List<PublicMessage> messages = new KeccakMachine().instance(7, 72, 5).messages();
        long[] state = new long[KeccakF.LANES];
        int[] first = canonical(messages.get(0));
        for (int bit = 0; bit < 1600; bit++) {
            state[bit / 64] |= (long) (first[2 + bit / 30] >> bit % 30 & 1) << bit % 64;
        }
        for (int i = 0; i < 3; i++) {
            KeccakF.permute(state);
        }
        int[] last = KeccakMachine.message(72, state);
        assertEquals(3, last[0]);
        assertEquals(0, last[1]);
        assertArrayEquals(last, canonical(messages.get(1)));
    }

    @Test
    void poseidon2GivesTheKnownAnswersOfWidth16() {
        assertPermutes(
                IntStream.range(0, 16).toArray(),
                1259554834,
                663463928,
                1989430097,
                476523442,
                836740795,
                1803459961,
                1229318262,
                2023956904,
                2054405130,
                1556655036,
                1455339712,
                1471465890,
                423337459,
                353979748,
                1203410294,
                1592576868);
        assertPermutes(
                new int[] {
                    894848333, 1437655012, 1200606629, 1690012884, 71131202, 1749206695, 1717947831, 120589055,
                    19776022, 42382981, 1831865506, 724844064, 171220207, 1299207443, 227047920, 1783754913
                },
                1934285469,
                604889435,
                133449501,
                1026180808,
                1830659359,
                176667110,
                1391183747,
                351743874,
                1238264085,
                1292768839,
                2023573270,
                1201586780,
                1360691759,
                1230682461,
                748270449,
                651545025);
    }

    @Test
    void poseidon2GivesTheKnownAnswerOfWidth24() {
        assertPermutes(
                new int[] {
                    886409618, 1327899896, 1902407911, 591953491, 648428576, 1844789031, 1198336108, 355597330,
                    1799586834, 59617783, 790334801, 1968791836, 559272107, 31054313, 1042221543, 474748436,
                    135686258, 263665994, 1962340735, 1741539604, 2026927696, 449439011, 1131357108, 50869465
                },
                382801106,
                82839311,
                1503190615,
                1987418517,
                854076995,
                1862291425,
                262755189,
                1050814217,
                722724562,
                741265943,
                1026879332,
                754316749,
                1966025564,
                1518878196,
                502200188,
                1368172258,
                845459257,
                1711434837,
                724453836,
                171032289,
                655223446,
                1098636135,
                407832555,
                1707498914);
    }

    private static void assertPermutes(int[] input, int... output) {
        Poseidon2Machine machine = new Poseidon2Machine(input.length);
        int[] state = Arrays.stream(input).map(KoalaBear::fromCanonical).toArray();
        machine.permute(state, new int[1000], 0);
        assertArrayEquals(
                output, Arrays.stream(state).map(KoalaBear::toCanonical).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void poseidon2IsIterated(int width) {
        Poseidon2Machine machine = new Poseidon2Machine(width);
        List<PublicMessage> messages = machine.instance(4, 9, 6).messages();
        int[] state = messages.get(0).fields().stream().skip(1).mapToInt(f -> f).toArray();
        for (int i = 0; i < 9; i++) {
            machine.permute(state, new int[1000], 0);
        }
        assertEquals(9, KoalaBear.toCanonical(messages.get(1).fields().get(0)));
        assertArrayEquals(
                state,
                messages.get(1).fields().stream().skip(1).mapToInt(f -> f).toArray());
    }
}
