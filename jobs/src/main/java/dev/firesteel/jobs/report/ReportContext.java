package dev.firesteel.jobs.report;

import dev.firesteel.jobs.spark.CodeVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The block at the head of every report: what the numbers hold for. Facts come in the order in which they are added. */
final class ReportContext {
    static final String UNKNOWN = "not told by the input";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Map<String, String> facts = new LinkedHashMap<>();

    ReportContext(Instant now, String source) {
        facts.put("Date of the report", DATE.format(now));
        facts.put("Source", source);
        facts.put("Report made by", "firesteel " + CodeVersion.current());
    }

    /** Adds a fact; {@code null} or nothing becomes {@link #UNKNOWN}. */
    ReportContext add(String name, String value) {
        facts.put(name, value == null || value.isBlank() ? UNKNOWN : value);
        return this;
    }

    /** Adds what the user told on the command line; it overrides what was found. */
    ReportContext addAll(Map<String, String> told) {
        facts.putAll(told);
        return this;
    }

    Map<String, String> facts() {
        return facts;
    }
}
