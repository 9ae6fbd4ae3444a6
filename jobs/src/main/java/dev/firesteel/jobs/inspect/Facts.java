package dev.firesteel.jobs.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named values, printed as aligned lines or as JSON; values may be facts and lists of facts themselves. */
final class Facts {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Adds a value; a null is shown as such in JSON and left out of text. */
    Facts put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Adds rows that belong under one name. */
    Facts put(String name, List<Facts> rows) {
        values.put(name, rows.stream().map(r -> r.values).toList());
        return this;
    }

    void print(PrintWriter out, boolean json) {
        if (json) {
            try {
                out.println(JSON.writeValueAsString(values));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else {
            text(out, values, "");
        }
        out.flush();
    }

    private static void text(PrintWriter out, Map<?, ?> values, String indent) {
        int width = values.keySet().stream()
                .mapToInt(k -> k.toString().length())
                .max()
                .orElse(0);
        values.forEach((name, value) -> {
            if (value instanceof List<?> rows && !rows.isEmpty() && rows.get(0) instanceof Map<?, ?>) {
                out.println(indent + name + ":");
                rows.forEach(row -> out.println(indent + "  " + inline((Map<?, ?>) row)));
            } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                out.println(indent + name + ":");
                text(out, map, indent + "  ");
            } else if (value != null) {
                out.println(indent + name + " ".repeat(width - name.toString().length() + 2) + value);
            }
        });
    }

    private static String inline(Map<?, ?> row) {
        StringBuilder line = new StringBuilder();
        row.forEach((name, value) -> {
            if (value != null) {
                line.append(line.isEmpty() ? "" : "  ").append(name).append(' ').append(value);
            }
        });
        return line.toString();
    }

    /** An address or a register as {@code 0x} and hex digits. */
    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** The first {@code limit} bytes as hex digits, with how many there are when there are more. */
    static String hex(byte[] bytes, int limit) {
        int shown = Math.min(limit, bytes.length);
        String digits = java.util.HexFormat.of().formatHex(bytes, 0, shown);
        return "0x" + digits + (shown < bytes.length ? "… (" + bytes.length + " bytes)" : "");
    }
}
