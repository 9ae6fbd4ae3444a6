package dev.firesteel.jobs.ingest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a marginal-gas fixture says, such as {@code
 * test_marginal_opcodes.py::test_add[fork_Prague-…-op_count_300000]}.
 *
 * @param opcode opcode under test, lower case; null when the name is not one of a marginal fixture
 * @param opCount how often it runs in total; null likewise
 */
record FixtureName(String opcode, Long opCount) {
    private record Form(Pattern pattern, String prefix) {}

    /** In this order: the last one matches what the others do. */
    private static final List<Form> FORMS = List.of(
            new Form(Pattern.compile("test_marginal_(\\w+)\\["), ""),
            new Form(Pattern.compile("test_caller_(\\w+)\\["), ""),
            new Form(Pattern.compile("test_fixed_(\\w+)\\["), "fixed_"),
            new Form(Pattern.compile("test_(\\w+)\\["), ""));

    private static final Pattern COUNT = Pattern.compile("op_count_(\\d{1,18})(?!\\d)");

    /** Reads {@code name}. Without an operation count it is no marginal fixture, whatever else it is called. */
    static FixtureName parse(String name) {
        Matcher count = COUNT.matcher(name);
        if (count.find()) {
            for (Form form : FORMS) {
                Matcher opcode = form.pattern.matcher(name);
                if (opcode.find()) {
                    return new FixtureName(
                            (form.prefix + opcode.group(1)).toLowerCase(java.util.Locale.ROOT),
                            Long.valueOf(count.group(1)));
                }
            }
        }
        return new FixtureName(null, null);
    }

    boolean marginal() {
        return opcode != null;
    }
}
