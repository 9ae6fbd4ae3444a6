package dev.firesteel.jobs.results;

import java.util.Map;
import java.util.SortedMap;

/** Builds indented JSON as the ecosystem's writer does: two spaces, {@code "key": value}, {@code {}} for an empty object. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";
    /** A line's end and the blanks before the next, for the depths of a result. */
    private static final String[] LINES = {"\n", "\n  ", "\n    ", "\n      ", "\n        "};

    private final StringBuilder out;
    private int depth;
    private boolean first = true;

    JsonText(int capacity) {
        out = new StringBuilder(capacity);
    }

    void open() {
        out.append('{');
        depth++;
        first = true;
    }

    void openMember(String name) {
        key(name);
        open();
    }

    void close() {
        depth--;
        if (!first) {
            newLine();
        }
        out.append('}');
        first = false;
    }

    void member(String name, String value) {
        key(name);
        string(value);
    }

    void member(String name, long value) {
        key(name);
        out.append(value);
    }

    void memberNull(String name) {
        key(name);
        out.append("null");
    }

    void memberOrNull(String name, Long value) {
        key(name);
        out.append(value);
    }

    /** Writes a string, an integer or a Boolean, or nothing when {@code value} is null. */
    void memberIfPresent(String name, Object value) {
        if (value instanceof String s) {
            member(name, s);
        } else if (value != null) {
            raw(name, value.toString());
        }
    }

    /** Writes {@code json}, which must be JSON, as it is. */
    void raw(String name, String json) {
        key(name);
        out.append(json);
    }

    /** Writes an object of numbers; {@code {}} for null. */
    void map(String name, SortedMap<String, Long> values) {
        openMember(name);
        if (values != null) {
            for (Map.Entry<String, Long> e : values.entrySet()) {
                member(e.getKey(), e.getValue());
            }
        }
        close();
    }

    /** Writes a list of objects that have the one member {@code member}. */
    void objects(String name, String member, Iterable<String> values) {
        key(name);
        out.append('[');
        depth++;
        first = true;
        for (String value : values) {
            if (!first) {
                out.append(',');
            }
            newLine();
            open();
            member(member, value);
            close();
        }
        depth--;
        if (!first) {
            newLine();
        }
        out.append(']');
        first = false;
    }

    private void key(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        newLine();
        string(name);
        out.append(": ");
    }

    private void newLine() {
        int known = Math.min(depth, LINES.length - 1);
        out.append(LINES[known]);
        for (int i = known; i < depth; i++) {
            out.append("  ");
        }
    }

    private void string(String s) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(s, done, i);
            done = i + 1;
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        out.append(s, done, s.length()).append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
