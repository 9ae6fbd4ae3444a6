package dev.firesteel.jobs.results;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a fixture tells. Names are searched by hand: as patterns, the rules take longer than reading a file.
 *
 * @param opcode operation that a marginal fixture varies; null for other fixtures
 * @param opCount total number of that operation in the block; null when not told
 * @param gasLimit gas limit, gas; null when not told
 * @param blockNumber number in {@code rpc_block_<number>}; null for other names
 */
public record FixtureName(String opcode, Long opCount, Long gasLimit, Long blockNumber) {

    /** What stands before the name of an operation: in this order, as the marginal method's own report does it. */
    private static final String MARGINAL = "test_marginal_";

    private static final String CALLER = "test_caller_";
    private static final String FIXED = "test_fixed_";
    private static final String ANY = "test_";

    private static final String COUNT = "op_count_";
    private static final String RPC_BLOCK = "rpc_block_";

    /** What stands before a gas limit; {@code ]_} only before one in millions. */
    private static final List<String> GAS = List.of("gas-value_", "benchmark_", "gas_limit_");

    private static final String GAS_AFTER = "]_";
    private static final Pattern GAS_FOLDER = Pattern.compile("(?:^|/)(\\d+)M-gas-limit(?:/|$)");
    private static final long MILLION = 1_000_000;

    /** Reads {@code name}. Without {@code op_count_} only {@code test_marginal_} names an operation: any other test would. */
    public static FixtureName of(String name) {
        Long count = numberAfter(COUNT, name);
        return new FixtureName(opcode(name, count != null), count, gasLimit(name), blockNumber(name));
    }

    private static String opcode(String name, boolean counted) {
        String marginal = wordAfter(MARGINAL, name);
        if (marginal != null || !counted) {
            return marginal;
        }
        String caller = wordAfter(CALLER, name);
        String fixed = caller == null ? wordAfter(FIXED, name) : null;
        if (fixed != null) {
            return "fixed_" + fixed.toLowerCase(Locale.ROOT);
        }
        String other = caller == null ? wordAfter(ANY, name) : caller;
        return other == null ? null : other.toLowerCase(Locale.ROOT);
    }

    /** The first word that stands between {@code prefix} and {@code [}, or null. */
    private static String wordAfter(String prefix, String name) {
        for (int at = name.indexOf(prefix); at >= 0; at = name.indexOf(prefix, at + 1)) {
            int from = at + prefix.length();
            int end = from;
            while (end < name.length() && word(name.charAt(end))) {
                end++;
            }
            if (end > from && end < name.length() && name.charAt(end) == '[') {
                return name.substring(from, end);
            }
        }
        return null;
    }

    /** The first number that follows {@code prefix}, or null. */
    private static Long numberAfter(String prefix, String name) {
        for (int at = name.indexOf(prefix); at >= 0; at = name.indexOf(prefix, at + 1)) {
            int from = at + prefix.length();
            int end = digitsEnd(name, from);
            if (end > from) {
                return number(name, from, end);
            }
        }
        return null;
    }

    /** The number in {@code rpc_block_<number>}, or null. */
    static Long blockNumber(String name) {
        return name.startsWith(RPC_BLOCK) ? numberAfter(RPC_BLOCK, name) : null;
    }

    /** The gas limit that a folder {@code <N>M-gas-limit} in {@code fixtureSet} tells, gas, or null. */
    static Long gasLimitOfSet(String fixtureSet) {
        if (fixtureSet == null || !fixtureSet.contains("M-gas-limit")) {
            return null;
        }
        Matcher m = GAS_FOLDER.matcher(fixtureSet);
        return m.find() ? times(number(fixtureSet, m.start(1), m.end(1)), MILLION) : null;
    }

    /** The first number that stands as a gas limit does: after a word of {@link #GAS} and before none, or between {@code ]_} and M. */
    private static Long gasLimit(String name) {
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == ']' && name.startsWith(GAS_AFTER, at)) {
                int from = at + GAS_AFTER.length();
                int end = digitsEnd(name, from);
                if (end > from && end < name.length() && name.charAt(end) == 'M') {
                    return times(number(name, from, end), MILLION);
                }
            } else if (c == 'g' || c == 'b') {
                int from = gasWordEnd(name, at);
                int end = digitsEnd(name, from);
                boolean millions = end < name.length() && name.charAt(end) == 'M';
                int next = millions ? end + 1 : end;
                if (end > from && !(next < name.length() && (word(name.charAt(next)) || name.charAt(next) == '.'))) {
                    return times(number(name, from, end), millions ? MILLION : 1);
                }
            }
        }
        return null;
    }

    /** Where the word of {@link #GAS} at {@code at} ends; the end of the name when there is none. */
    private static int gasWordEnd(String name, int at) {
        for (String word : GAS) {
            if (name.startsWith(word, at)) {
                return at + word.length();
            }
        }
        return name.length();
    }

    private static int digitsEnd(String name, int from) {
        int end = from;
        while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static boolean word(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Null when the digits do not fit 64 bits with sign: a name is a label, not worth losing a measurement for. */
    private static Long number(String text, int from, int end) {
        try {
            return Long.parseLong(text, from, end, 10);
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private static Long times(Long value, long factor) {
        return value == null || value > Long.MAX_VALUE / factor ? null : Long.valueOf(value * factor);
    }
}
