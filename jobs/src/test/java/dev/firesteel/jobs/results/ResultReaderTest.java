package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultReaderTest {
    private static ResultFile read(String json) throws BadResultException {
        return ResultReader.read(json.getBytes(StandardCharsets.UTF_8), "stem");
    }

    private static BadResultException refused(String json) {
        return assertThrows(BadResultException.class, () -> read(json));
    }

    private static String canonical(ResultFile file) {
        return new String(ResultWriter.bytes(file), StandardCharsets.UTF_8);
    }

    @Test
    void theSixSchemaVersionsAreToldApart() throws BadResultException {
        for (int version = 1; version <= 6; version++) {
            ResultFile file = read(ResultTrees.schemaVersion(version, "n"));
            assertEquals(version, file.schemaVersion());
            assertEquals(
                    version == 5 ? null : Long.valueOf(16_000_000),
                    file.metadata().gasUsed());
        }
    }

    @Test
    void theNewestVersionIsReadWhole() throws BadResultException {
        ResultFile file = read(ResultTrees.schemaVersion(6, "eest__tests_foo_py_test_case_param__block0"));
        assertEquals("eest", file.metadata().fixtureFormat());
        assertEquals("tests/foo.py::test_case[param]", file.metadata().originalTestName());
        assertEquals(
                "blockchain_tests/for_amsterdam/compute/mcopy.json",
                file.metadata().sourcePath());
        assertEquals(0, file.metadata().blockIndex());
        assertEquals("Amsterdam", file.metadata().network());
        assertEquals(1, file.metadata().chainId());
        assertEquals(7, file.metadata().blockNumber());
        assertEquals(Map.of("PUSH1", 5L, "SSTORE", 2L), file.metadata().opcodeCount());
        assertEquals(true, file.execution().outputMatched());
        assertEquals(12_327_837_000L, file.execution().durationNs());
        assertEquals(Map.of("setup", 1000L), file.execution().regionCycles());
        assertEquals(Instant.parse("2026-05-25T12:34:56.123456789Z"), file.completedAt());
    }

    @Test
    void zeroCyclesMeanNotMeasuredAndAreWrittenAsZero() throws BadResultException {
        ResultFile file =
                read("{\"name\":\"n\",\"execution\":{\"success\":{\"total_num_cycles\":0,\"region_cycles\":{}}}}");
        assertNull(file.execution().cycles());
        assertNull(file.execution().regionCycles());
        assertTrue(canonical(file).contains("\"total_num_cycles\": 0,\n      \"region_cycles\": {}"));
    }

    @Test
    void absentPartsStayAbsent() throws BadResultException {
        ResultFile file = read("{\"name\":\"n\",\"metadata\":null,\"verification\":{\"success\":{\"proof_size\":1}}}");
        assertNull(file.execution());
        assertNull(file.proving());
        assertNull(file.completedAt());
        assertEquals("""
                {
                  "name": "n",
                  "metadata": null,
                  "verification": {
                    "success": {
                      "proof_size": 1
                    }
                  }
                }""", canonical(file));
    }

    @Test
    void theNameIsTheStemWhenTheFileTellsNone() throws BadResultException {
        assertEquals(
                "stem",
                read("{\"proving\":{\"success\":{\"proving_time_ms\":1}}}").name());
        assertEquals(
                "a/b",
                ResultReader.read(
                                "{\"proving\":{\"crashed\":{\"reason\":\"r\"}}}".getBytes(StandardCharsets.UTF_8),
                                "%~a%2Fb")
                        .name());
    }

    @Test
    void timesHaveNineDigitsWhateverTheFileHad() throws BadResultException {
        ResultFile file = read("{\"timestamp_completed\":\"2026-01-02T03:04:05.5+02:00\","
                + "\"proving\":{\"success\":{\"proving_time_ms\":1}}}");
        assertTrue(canonical(file).contains("\"2026-01-02T01:04:05.500000000Z\""));
    }

    @Test
    void membersThatNoColumnHoldsAreKeptAndWrittenBack() throws BadResultException {
        String json =
                "{\"name\":\"n\",\"odd/na~me\":[1,2.50,{\"a\":null}],\"metadata\":{\"format\":\"Ssz\",\"loop_count\":1},"
                        + "\"execution\":{\"success\":{\"total_num_cycles\":5,\"new\":1e3}},"
                        + "\"proving\":{\"crashed\":{\"reason\":\"r\",\"code\":7}}}";
        ResultFile file = read(json);
        assertEquals(
                Map.of(
                        "/odd~1na~0me", "[1,2.50,{\"a\":null}]",
                        "/metadata/format", "\"Ssz\"",
                        "/metadata/loop_count", "1",
                        "/execution/success/new", "1E+3",
                        "/proving/crashed/code", "7"),
                file.extra());
        assertEquals(file, read(canonical(file)));
        assertEquals(canonical(file), canonical(read(canonical(file))));
    }

    @Test
    void measuresWithoutTheirWrapperAreReadAsSuccess() throws BadResultException {
        ResultFile file =
                read("{\"name\":\"n\",\"execution\":{\"total_num_cycles\":5},\"proving\":{\"proving_time_ms\":9}}");
        assertEquals(5, file.execution().cycles());
        assertEquals(9, file.proving().provingMs());
    }

    @Test
    void orderAndWhiteSpaceDoNotChangeTheCanonicalForm() throws BadResultException {
        String one =
                "{\"name\":\"n\",\"execution\":{\"success\":{\"total_num_cycles\":5,\"region_cycles\":{\"b\":1,\"a\":2}}}}";
        String two =
                "{ \"execution\":\n{\"success\":{\"region_cycles\":{\"a\":2,\"b\":1},\"total_num_cycles\":5}},\"name\":\"n\"}";
        assertEquals(canonical(read(one)), canonical(read(two)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "empty_file | ``",
                "broken_json | {",
                "broken_json | {\"name\": \"n\", \"proving\": {\"success\": {\"proof_si",
                "broken_json | {\"name\":\"n\",\"name\":\"n\"}",
                "broken_json | {\"proving\":{\"crashed\":{\"reason\":\"r\"}}} {}",
                "broken_json | {\"proving\":{\"crashed\":{\"reason\":\"\\ud800\"}}}",
                "broken_json | not json",
                "not_a_result | []",
                "not_a_result | 7",
                "not_a_result | {\"name\":\"n\"}",
                "not_a_result | {\"name\":\"n\",\"execution\":null}",
                "not_a_result | {\"name\":\"n\",\"execution\":{}}",
                "not_a_result | {\"proving\":{\"crashed\":{}}}",
                "not_a_result | {\"proving\":{\"crashed\":{\"reason\":\"r\"},\"success\":{}}}",
                "not_a_result | {\"name\":\"\",\"proving\":{\"success\":{}}}",
                "wrong_type | {\"name\":5,\"proving\":{\"success\":{}}}",
                "wrong_type | {\"proving\":[]}",
                "wrong_type | {\"proving\":{\"success\":{\"proving_time_ms\":1.5}}}",
                "wrong_type | {\"proving\":{\"success\":{\"output_matched\":1}}}",
                "wrong_type | {\"execution\":{\"success\":{\"execution_duration\":{\"secs\":1}}}}",
                "wrong_type | {\"timestamp_completed\":\"yesterday\",\"proving\":{\"success\":{}}}",
                "out_of_range | {\"proving\":{\"success\":{\"proving_time_ms\":-1}}}",
                "out_of_range | {\"proving\":{\"success\":{\"proof_size\":18446744073709551615}}}",
                "out_of_range | {\"execution\":{\"success\":{\"execution_duration\":{\"secs\":9223372036854775807,\"nanos\":1}}}}"
            })
    void whatIsNoResultIsRefusedWithItsClass(String kind, String json) {
        BadResultException e = refused(json);
        assertEquals(kind, e.kind().label());
        assertNotNull(e.getMessage());
        assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }

    @Test
    void aStrangersFileIsBounded() {
        String deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
        assertEquals(QuarantineClass.TOO_LARGE, refused(deep).kind());
        String name = "{\"name\":\"" + "n".repeat(ResultReader.MAX_NAME + 1) + "\"}";
        assertEquals(QuarantineClass.TOO_LARGE, refused(name).kind());
        String reason = "{\"proving\":{\"crashed\":{\"reason\":\"" + "r".repeat(ResultReader.MAX_TEXT + 1) + "\"}}}";
        assertEquals(QuarantineClass.TOO_LARGE, refused(reason).kind());
        StringBuilder map = new StringBuilder("{\"execution\":{\"success\":{\"region_cycles\":{\"r\":1");
        for (int i = 0; i < ResultReader.MAX_ENTRIES; i++) {
            map.append(",\"r").append(i).append("\":1");
        }
        assertEquals(QuarantineClass.TOO_LARGE, refused(map + "}}}}").kind());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] zeros = new byte[700];
        assertEquals(
                QuarantineClass.BROKEN_JSON,
                assertThrows(BadResultException.class, () -> ResultReader.read(zeros, "s"))
                        .kind());
        byte[] latin = "{\"name\":\"\u00e4\",\"proving\":{\"success\":{}}}".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                QuarantineClass.BROKEN_JSON,
                assertThrows(BadResultException.class, () -> ResultReader.read(latin, "s"))
                        .kind());
    }
}
