package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixtureNameTest {
    @ParameterizedTest
    @CsvSource({
        "test_marginal_opcodes.py::test_add[fork_Prague-blockchain_test_from_state_test-op_count_300000], add, 300000",
        "t.py::test_marginal_SDIV[fork_Prague-op_count_75000], SDIV, 75000",
        "t.py::test_caller_SLOAD[fork_Prague-op_count_10], sload, 10",
        "t.py::test_caller[fork_Prague-op_count_10], caller, 10",
        "t.py::test_fixed_BALANCE[fork_Prague-op_count_0], fixed_balance, 0",
        "t.py::test_marginal_x[a]::test_fixed_y[op_count_5], x, 5"
    })
    void thePatternsAreTriedInOrder(String name, String opcode, long count) {
        FixtureName fixture = FixtureName.of(name);
        assertEquals(opcode, fixture.opcode());
        assertEquals(count, fixture.opCount());
    }

    @Test
    void aTestWithoutACountNamesNoOpcode() {
        assertNull(FixtureName.of("test_storage.py::test_storage_access_cold[fork_Osaka-opcode_SLOAD]")
                .opcode());
        assertEquals(
                "add", FixtureName.of("t.py::test_marginal_add[fork_Osaka]").opcode());
    }

    @ParameterizedTest
    @CsvSource({
        "t.py::test_a[fork_Osaka-benchmark-gas-value_10M], 10000000",
        "t.py::test_a[fork_Prague-benchmark-gas-value_10M-blockchain_test-x], 10000000",
        "t.py__test_a[fork_Osaka-benchmark_test-x-benchmark_90M]_90M.txt, 90000000",
        "t.py__test_a[x]_45M.txt, 45000000",
        "t.py::test_a[gas_limit_36000000], 36000000"
    })
    void theGasLimitStandsInTheName(String name, long gas) {
        assertEquals(gas, FixtureName.of(name).gasLimit());
    }

    @Test
    void theGasLimitOfAFolderIsInMillions() {
        assertEquals(45_000_000L, FixtureName.gasLimitOfSet("eest-365433e/45M-gas-limit"));
        assertNull(FixtureName.gasLimitOfSet("eest-fd1dd63"));
        assertNull(FixtureName.gasLimitOfSet(null));
    }

    @Test
    void aBlockOfTheNetworkTellsItsNumber() {
        assertEquals(23_533_517L, FixtureName.of("rpc_block_23533517").blockNumber());
        assertNull(FixtureName.of("block_1").blockNumber());
    }

    @Test
    void figuresBeyondSixtyFourBitsAreNotRead() {
        FixtureName fixture =
                FixtureName.of("test_x[op_count_99999999999999999999-benchmark-gas-value_9999999999999999M]");
        assertNull(fixture.opCount());
        assertNull(fixture.gasLimit());
    }

    /** The rules as patterns: the oracle of the search by hand. */
    private static final Pattern GAS =
            Pattern.compile("(?:gas-value_|benchmark_|gas_limit_)(\\d+)(M?)(?![\\w.])|\\]_(\\d+)M");

    private static final Pattern COUNT = Pattern.compile("op_count_(\\d+)");
    private static final Pattern RPC_BLOCK = Pattern.compile("rpc_block_(\\d+)");
    private static final Pattern MARGINAL = Pattern.compile("test_marginal_(\\w+)\\[");
    private static final List<Pattern> OPCODES = List.of(
            Pattern.compile("test_caller_(\\w+)\\["),
            Pattern.compile("test_fixed_(\\w+)\\["),
            Pattern.compile("test_(\\w+)\\["));

    @Property
    void theGasLimitIsThatOfTheFirstPlaceThatTellsOne(@ForAll("pieces") List<String> pieces) {
        String name = String.join("", pieces);
        Matcher m = GAS.matcher(name);
        Long expected = !m.find()
                ? null
                : m.group(3) != null
                        ? Long.valueOf(Long.parseLong(m.group(3)) * 1_000_000)
                        : Long.valueOf(Long.parseLong(m.group(1)) * (m.group(2).isEmpty() ? 1 : 1_000_000));
        assertEquals(expected, FixtureName.of(name).gasLimit(), name);
    }

    @Property
    void countAndBlockNumberAreThoseOfTheFirstPlaceThatTellsOne(@ForAll("countPieces") List<String> pieces) {
        String name = String.join("", pieces);
        assertEquals(number(COUNT, name), FixtureName.of(name).opCount(), name);
        assertEquals(
                name.startsWith("rpc_block_") ? number(RPC_BLOCK, name) : null,
                FixtureName.of(name).blockNumber(),
                name);
    }

    private static Long number(Pattern pattern, String name) {
        Matcher m = pattern.matcher(name);
        return m.find() ? Long.valueOf(m.group(1)) : null;
    }

    @Property
    void theOpcodeIsThatOfTheFirstRuleThatMatches(@ForAll("opcodePieces") List<String> pieces) {
        String name = String.join("", pieces);
        assertEquals(opcode(name), FixtureName.of(name).opcode(), name);
    }

    private static String opcode(String name) {
        Matcher marginal = MARGINAL.matcher(name);
        if (marginal.find()) {
            return marginal.group(1);
        }
        for (int i = 0; COUNT.matcher(name).find() && i < OPCODES.size(); i++) {
            Matcher m = OPCODES.get(i).matcher(name);
            if (m.find()) {
                return (i == 1 ? "fixed_" : "") + m.group(1).toLowerCase(java.util.Locale.ROOT);
            }
        }
        return null;
    }

    @Provide
    Arbitrary<List<String>> countPieces() {
        return Arbitraries.of("op_count_", "rpc_block_", "count_", "op_", "7", "23", "x", "-", "\u0661")
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> opcodePieces() {
        return Arbitraries.of(
                        "test_",
                        "marginal_",
                        "caller_",
                        "fixed_",
                        "Add",
                        "_",
                        "[",
                        "]",
                        "op_count_5",
                        "-",
                        "\u00e9",
                        "::")
                .list()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "gas-value_",
                        "benchmark_",
                        "gas_limit_",
                        "]_",
                        "]",
                        "_",
                        "1",
                        "30",
                        "M",
                        "x",
                        ".",
                        "-",
                        "test_")
                .list()
                .ofMaxSize(8);
    }
}
