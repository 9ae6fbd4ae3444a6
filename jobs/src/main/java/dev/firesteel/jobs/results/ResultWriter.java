package dev.firesteel.jobs.results;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes a result in the ecosystem's form: indented by two spaces, members in the order of their first writer, maps sorted by
 * key, times with nine digits, absent parts omitted. The form is canonical: equal results give equal bytes, and reading them
 * back gives an equal result. Members of {@link ResultFile#extra()} follow the known ones of their object, by name.
 */
final class ResultWriter {

    private ResultWriter() {}

    /** The canonical bytes of {@code result}, UTF-8, without a newline at the end. */
    static byte[] bytes(ResultFile result) {
        return text(result).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical text of {@code result}. */
    static String text(ResultFile result) {
        JsonText json = new JsonText(640);
        Extras extras = new Extras(json, result.extra());
        json.open();
        json.member("name", result.name());
        if (result.completedAt() != null) {
            json.member("timestamp_completed", timestamp(result.completedAt()));
        }
        if (result.schemaVersion() < 3) {
            if (result.metadata().gasUsed() != null) {
                json.member("block_used_gas", result.metadata().gasUsed());
            }
        } else {
            metadata(json, result, extras);
        }
        execution(json, result.execution(), extras);
        proving(json, result.proving(), extras);
        verification(json, result.verification(), extras);
        extras.of("");
        json.close();
        return json.toString();
    }

    /** RFC 3339 in UTC with nine fractional digits. */
    static String timestamp(Instant instant) {
        LocalDateTime t = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder s = new StringBuilder(30);
        digits(s, t.getYear(), 4).append('-');
        digits(s, t.getMonthValue(), 2).append('-');
        digits(s, t.getDayOfMonth(), 2).append('T');
        digits(s, t.getHour(), 2).append(':');
        digits(s, t.getMinute(), 2).append(':');
        digits(s, t.getSecond(), 2).append('.');
        return digits(s, t.getNano(), 9).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder s, int value, int width) {
        int scale = 1;
        for (int i = 1; i < width; i++) {
            scale *= 10;
        }
        for (; scale > 0; scale /= 10) {
            s.append((char) ('0' + value / scale % 10));
        }
        return s;
    }

    private static void metadata(JsonText json, ResultFile result, Extras extras) {
        ResultFile.Metadata m = result.metadata();
        boolean eest = m.fixtureFormat() != null;
        boolean ownBlockNumber =
                m.blockNumber() != null && !m.blockNumber().equals(FixtureName.blockNumber(result.name()));
        boolean some = eest
                || ownBlockNumber
                || m.gasUsed() != null
                || m.originalTestName() != null
                || m.sourcePath() != null
                || m.blockIndex() != null
                || m.network() != null
                || m.chainId() != null
                || m.opcodeCount() != null
                || extras.has("/metadata");
        if (!some) {
            json.memberNull("metadata");
            return;
        }
        json.openMember("metadata");
        json.memberIfPresent("fixture_format", m.fixtureFormat());
        json.memberIfPresent("original_test_name", m.originalTestName());
        json.memberIfPresent("source_path", m.sourcePath());
        json.memberIfPresent("block_index", m.blockIndex());
        json.memberIfPresent("network", m.network());
        json.memberIfPresent("chain_id", m.chainId());
        if (ownBlockNumber || eest) {
            json.memberOrNull("block_number", m.blockNumber());
        }
        if (m.gasUsed() != null || eest) {
            json.memberOrNull("block_used_gas", m.gasUsed());
        }
        if (m.opcodeCount() != null || eest) {
            json.map("opcode_count", m.opcodeCount());
        }
        extras.of("/metadata");
        json.close();
    }

    private static void execution(JsonText json, ResultFile.Execution e, Extras extras) {
        if (e == null) {
            return;
        }
        json.openMember("execution");
        if (e.crashed() != null) {
            crashed(json, e.crashed(), "/execution", extras);
        } else {
            json.openMember("success");
            json.memberIfPresent("output_matched", e.outputMatched());
            // Readers of the format demand both: what was not measured is 0 and {}.
            json.member("total_num_cycles", e.cycles() == null ? 0 : e.cycles());
            json.map("region_cycles", e.regionCycles());
            if (e.durationNs() != null) {
                json.openMember("execution_duration");
                json.member("secs", e.durationNs() / 1_000_000_000L);
                json.member("nanos", e.durationNs() % 1_000_000_000L);
                extras.of("/execution/success/execution_duration");
                json.close();
            }
            extras.of("/execution/success");
            json.close();
        }
        extras.of("/execution");
        json.close();
    }

    private static void proving(JsonText json, ResultFile.Proving p, Extras extras) {
        if (p == null) {
            return;
        }
        json.openMember("proving");
        if (p.crashed() != null) {
            crashed(json, p.crashed(), "/proving", extras);
        } else {
            json.openMember("success");
            json.memberIfPresent("output_matched", p.outputMatched());
            json.memberIfPresent("proof_size", p.proofBytes());
            json.memberIfPresent("proving_time_ms", p.provingMs());
            json.memberIfPresent("verification_time_ms", p.verificationMs());
            json.memberIfPresent("peak_memory_usage_bytes", p.peakMemoryBytes());
            extras.of("/proving/success");
            json.close();
        }
        extras.of("/proving");
        json.close();
    }

    private static void verification(JsonText json, ResultFile.Verification v, Extras extras) {
        if (v == null) {
            return;
        }
        json.openMember("verification");
        if (v.crashed() != null) {
            crashed(json, v.crashed(), "/verification", extras);
        } else {
            json.openMember("success");
            json.memberIfPresent("proof_size", v.proofBytes());
            json.memberIfPresent("verification_time_ms", v.verificationMs());
            extras.of("/verification/success");
            json.close();
        }
        extras.of("/verification");
        json.close();
    }

    private static void crashed(JsonText json, String reason, String part, Extras extras) {
        json.openMember("crashed");
        json.member("reason", reason);
        extras.of(part + "/crashed");
        json.close();
    }

    /** Writes members that no field holds into the object that they came from. */
    private record Extras(JsonText json, SortedMap<String, String> members) {

        boolean has(String object) {
            return members != null
                    && members.keySet().stream()
                            .anyMatch(p -> JsonPointers.parent(p).equals(object));
        }

        void of(String object) {
            if (members == null) {
                return;
            }
            for (Map.Entry<String, String> e : members.entrySet()) {
                if (JsonPointers.parent(e.getKey()).equals(object)) {
                    json.raw(JsonPointers.name(e.getKey()), e.getValue());
                }
            }
        }
    }
}
