package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The library's parser is the oracle. */
class TimestampsTest {
    private static Object library(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return "refused";
        }
    }

    private static Object ours(String text) {
        try {
            return Timestamps.parse(text);
        } catch (DateTimeParseException e) {
            return "refused";
        }
    }

    @Property
    void everyTimeIsReadAsTheLibraryReadsIt(
            @ForAll @LongRange(min = -62167219200L, max = 253402300799L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        Instant time = Instant.ofEpochSecond(seconds, nanos);
        assertEquals(time, Timestamps.parse(time.toString()));
    }

    @Property
    void textsThatAreAlmostTimesAreJudgedAsTheLibraryJudgesThem(
            @ForAll @IntRange(max = 29) int at,
            @ForAll @CharRange(from = '-', to = ':') char c,
            @ForAll @StringLength(max = 3) String end) {
        StringBuilder text = new StringBuilder("2024-02-29T23:59:59.123456789Z");
        text.setCharAt(at, c);
        assertEquals(library(text.toString()), ours(text.toString()), text.toString());
        assertEquals(library(text + end), ours(text + end), text + end);
    }

    @Test
    void oddTimesAreTheLibrarys() {
        for (String text : List.of(
                "2023-02-29T00:00:00Z",
                "2024-02-30T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2024-12-31T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2024-01-01T00:00Z",
                "2024-01-01T00:00:00.Z",
                "2024-01-01T00:00:00.1234567890Z",
                "2024-01-01T00:00:00+01:00",
                "2024-01-01t00:00:00z",
                "+12024-01-01T00:00:00Z",
                "")) {
            assertEquals(library(text), ours(text), text);
        }
        assertThrows(DateTimeParseException.class, () -> Timestamps.parse("today"));
    }
}
