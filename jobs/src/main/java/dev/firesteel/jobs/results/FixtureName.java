package dev.firesteel.jobs.results;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a fixture tells.
 *
 * @param opcode operation that a marginal fixture varies; null for other fixtures
 * @param opCount total number of that operation in the block; null when not told
 * @param gasLimit gas limit, gas; null when not told
 * @param blockNumber number in {@code rpc_block_<number>}; null for other names
 */
public record FixtureName(String opcode, Long opCount, Long gasLimit, Long blockNumber) {

    private record OpcodeRule(Pattern pattern, UnaryOperator<String> opcode) {}

    /** In this order, as the marginal method's own report does it. */
    private static final List<OpcodeRule> OPCODES = List.of(
            new OpcodeRule(Pattern.compile("test_marginal_(\\w+)\\["), s -> s),
            new OpcodeRule(Pattern.compile("test_caller_(\\w+)\\["), s -> s.toLowerCase(Locale.ROOT)),
            new OpcodeRule(Pattern.compile("test_fixed_(\\w+)\\["), s -> "fixed_" + s.toLowerCase(Locale.ROOT)),
            new OpcodeRule(Pattern.compile("test_(\\w+)\\["), s -> s.toLowerCase(Locale.ROOT)));

    private static final Pattern COUNT = Pattern.compile("op_count_(\\d+)");
    private static final Pattern GAS =
            Pattern.compile("(?:gas-value_|benchmark_|gas_limit_)(\\d+)(M?)(?![\\w.])|\\]_(\\d+)M");
    private static final Pattern GAS_FOLDER = Pattern.compile("(?:^|/)(\\d+)M-gas-limit(?:/|$)");
    private static final Pattern RPC_BLOCK = Pattern.compile("rpc_block_(\\d+)");
    private static final long MILLION = 1_000_000;

    /** Reads {@code name}. Without {@code op_count_} only {@code test_marginal_} names an operation: any other test would. */
    public static FixtureName of(String name) {
        Long count = name.contains("op_count_") ? first(COUNT, name, 1) : null;
        String opcode = null;
        for (OpcodeRule rule : count == null ? OPCODES.subList(0, 1) : OPCODES) {
            if (!name.contains("test_")) {
                break;
            }
            Matcher m = rule.pattern.matcher(name);
            if (m.find()) {
                opcode = rule.opcode.apply(m.group(1));
                break;
            }
        }
        return new FixtureName(opcode, count, gasLimit(name), blockNumber(name));
    }

    /** The number in {@code rpc_block_<number>}, or null. */
    static Long blockNumber(String name) {
        return name.startsWith("rpc_block_") ? first(RPC_BLOCK, name, 1) : null;
    }

    /** The gas limit that a folder {@code <N>M-gas-limit} in {@code fixtureSet} tells, gas, or null. */
    static Long gasLimitOfSet(String fixtureSet) {
        return fixtureSet == null ? null : times(first(GAS_FOLDER, fixtureSet, 1), MILLION);
    }

    /** What a match of {@link #GAS} begins with: tried at every character of a name, the pattern takes longer than reading its file. */
    private static final String[] GAS_STARTS = {"gas-value_", "benchmark_", "gas_limit_", "]_"};

    private static Long gasLimit(String name) {
        Matcher m = null;
        for (int at = gasStart(name, 0); at < name.length(); at = gasStart(name, at + 1)) {
            m = m == null ? GAS.matcher(name) : m;
            if (m.region(at, name.length()).lookingAt()) {
                return m.group(3) != null
                        ? times(number(m.group(3)), MILLION)
                        : times(number(m.group(1)), m.group(2).isEmpty() ? 1 : MILLION);
            }
        }
        return null;
    }

    /** Where the first of {@link #GAS_STARTS} is from {@code from} on, the name's length when there is none. */
    private static int gasStart(String name, int from) {
        int first = name.length();
        for (String start : GAS_STARTS) {
            int at = name.indexOf(start, from);
            first = at < 0 ? first : Math.min(first, at);
        }
        return first;
    }

    private static Long first(Pattern pattern, String text, int group) {
        Matcher m = pattern.matcher(text);
        return m.find() ? number(m.group(group)) : null;
    }

    /** Null when the digits do not fit 64 bits with sign: a name is a label, not worth losing a measurement for. */
    private static Long number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private static Long times(Long value, long factor) {
        return value == null || value > Long.MAX_VALUE / factor ? null : Long.valueOf(value * factor);
    }
}
