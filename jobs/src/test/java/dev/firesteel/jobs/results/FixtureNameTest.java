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

    /** The rule as one pattern, tried at every character: the oracle of the search that skips to where it can begin. */
    private static final Pattern GAS =
            Pattern.compile("(?:gas-value_|benchmark_|gas_limit_)(\\d+)(M?)(?![\\w.])|\\]_(\\d+)M");

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
