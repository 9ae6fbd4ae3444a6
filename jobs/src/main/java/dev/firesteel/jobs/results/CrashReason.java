package dev.firesteel.jobs.results;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code crashed.reason} says. The format has no variant for a time-out: it is text, and so is everything else.
 *
 * @param kind class of the crash
 * @param limitMs the limit that a time-out exceeded, ms; null when the text tells none or it is no time-out
 */
public record CrashReason(Kind kind, Long limitMs) {

    /** Classes, in words of the table through {@link #label()}. */
    public enum Kind {
        /** A limit of time passed: the duration is right-censored at the limit. */
        TIMEOUT,
        /** The connection to a prover's server broke or could not be made. */
        RPC_DISCONNECT,
        /** Host or device memory was exhausted, or the kernel killed a process for it. */
        OUT_OF_MEMORY,
        /** The prover could not make the witness of an instance. */
        WITNESS_GENERATION,
        /** The guest panicked or left with an exit code other than 0. */
        GUEST_PANIC,
        /** A process that the prover had started ended or failed. */
        CHILD_EXIT,
        /** The emulator failed, or refused the input. */
        EMULATOR_FAULT,
        /** Somebody stopped the run. */
        CANCELLED,
        /** None of these. */
        OTHER;

        /** The value of the columns {@code *_crash_class}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Rule(Kind kind, Pattern pattern) {}

    /**
     * The first match decides. Memory comes first, for it is the cause of what else such a text tells; a connection that
     * could not be made within its time says nothing about proving time, so it comes before time-outs; the emulator
     * comes before the process that it ran in.
     */
    private static final List<Rule> RULES = List.of(
            rule(
                    Kind.OUT_OF_MEMORY,
                    "out of (?:device |gpu |host )?memory|outofmemory|\\boom\\b|oom.?kill|cudaerrormemoryallocation"
                            + "|bad_alloc|memory allocation of \\d+ bytes failed|cannot allocate memory"
                            + "|exit(?:ed with)? (?:status|code):? 137\\b|signal:? 9\\b|sigkill"),
            rule(Kind.RPC_DISCONNECT, "tcp connect error|connecterror"),
            rule(Kind.TIMEOUT, "timed? ?out|timeout|deadline (?:has )?(?:been )?(?:elapsed|exceeded)|deadlineexceeded"),
            rule(
                    Kind.RPC_DISCONNECT,
                    "rpc to zkvm server error|reqwest(?:::)?error|error sending request|incompletemessage"
                            + "|connection (?:refused|reset|closed|aborted)|broken pipe|unexpectedeof|transport error"),
            rule(
                    Kind.WITNESS_GENERATION,
                    "(?:error|fail\\w*) (?:while )?generating (?:the )?witness|witness generation"),
            rule(
                    Kind.GUEST_PANIC,
                    "guest (?:program )?panic|panicked in guest|program exit code|guest exited|exit code of the guest"),
            rule(
                    Kind.EMULATOR_FAULT,
                    "emulator panicked|emulator fault|emulation|ziskemu|emucontext|assembly memory operations"),
            rule(
                    Kind.CHILD_EXIT,
                    "child process|exited with code|exit(?:ed)? (?:with )?(?:exit )?(?:status|code)|server crashed"
                            + "|process (?:exited|died|was killed)|signal: \\d+"),
            rule(Kind.CANCELLED, "\\bcancell?ed\\b|\\binterrupted\\b|\\baborted by user\\b"));

    private static final Pattern LIMIT = Pattern.compile(
            "(?:after|of|exceeded|limit:?)\\s+(\\d{1,12})(\\.\\d{1,9})?\\s*"
                    + "(ms|millis\\w*|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Reasons run to kilobytes of a child's output; what decides stands at either end. */
    private static final int EDGE = 8 << 10;

    private static Rule rule(Kind kind, String pattern) {
        return new Rule(kind, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    /** Classifies {@code reason}; never fails. */
    public static CrashReason of(String reason) {
        String text = reason.length() <= 2 * EDGE
                ? reason
                : reason.substring(0, EDGE) + "\n" + reason.substring(reason.length() - EDGE);
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(text).find()) {
                return new CrashReason(rule.kind, rule.kind == Kind.TIMEOUT ? limit(text) : null);
            }
        }
        return new CrashReason(Kind.OTHER, null);
    }

    private static Long limit(String text) {
        Matcher m = LIMIT.matcher(text);
        if (!m.find()) {
            return null;
        }
        String unit = m.group(3).toLowerCase(Locale.ROOT);
        double scale = unit.startsWith("ms") || unit.startsWith("milli")
                ? 1
                : unit.startsWith("s") ? 1_000 : unit.startsWith("m") ? 60_000 : 3_600_000;
        String fraction = m.group(2) == null ? "" : m.group(2);
        return Math.round(Double.parseDouble(m.group(1) + fraction) * scale);
    }
}
