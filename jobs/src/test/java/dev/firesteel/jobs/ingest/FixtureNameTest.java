package dev.firesteel.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixtureNameTest {
    @ParameterizedTest
    @CsvSource({
        "test_marginal_opcodes.py::test_add[fork_Prague-blockchain_test_from_state_test-op_count_300000], add, 300000",
        "x.py::test_marginal_keccak256[fork_Prague-op_count_0], keccak256, 0",
        "x.py::test_caller_SLOAD[op_count_5-fork_Osaka], sload, 5",
        "x.py::test_fixed_modexp[op_count_17], fixed_modexp, 17"
    })
    void opcodeAndCountComeFromTheName(String name, String opcode, long count) {
        assertEquals(new FixtureName(opcode, count), FixtureName.parse(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.py::test_empty_block[fork_Prague]", "op_count_5", "test_add[op_count_]"})
    void otherNamesAreNotMarginal(String name) {
        assertFalse(FixtureName.parse(name).marginal(), name);
    }
}
