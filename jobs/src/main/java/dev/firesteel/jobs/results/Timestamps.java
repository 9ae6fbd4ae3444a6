package dev.firesteel.jobs.results;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads times of RFC 3339. */
final class Timestamps {
    private static final String FORM = "0000-00-00T00:00:00";

    private Timestamps() {}

    /**
     * Reads any RFC 3339 time. The form that every writer of results uses, UTC with up to nine fractional digits, is read without
     * the library's general parser, which takes longer than all the rest of a file.
     *
     * @throws DateTimeParseException when it is none
     */
    static Instant parse(String text) {
        Instant common = common(text);
        if (common != null) {
            return common;
        }
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    /** The time, or null when the text is in another form or names no time: then the library decides. */
    private static Instant common(String text) {
        int length = text.length();
        if (length < FORM.length() + 1 || length > FORM.length() + 11 || text.charAt(length - 1) != 'Z') {
            return null;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
                return null;
            }
        }
        int nanos = 0;
        if (length > FORM.length() + 1) {
            if (text.charAt(FORM.length()) != '.' || length == FORM.length() + 2) {
                return null;
            }
            for (int i = 0; i < 9; i++) {
                int at = FORM.length() + 1 + i;
                char c = at < length - 1 ? text.charAt(at) : '0';
                if (c < '0' || c > '9') {
                    return null;
                }
                nanos = nanos * 10 + c - '0';
            }
        }
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        int year = number(text, 0, 4);
        // Leap seconds, hour 24 and days that a month lacks are the library's to judge.
        if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        if (day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
            return null;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second, nanos).toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}
