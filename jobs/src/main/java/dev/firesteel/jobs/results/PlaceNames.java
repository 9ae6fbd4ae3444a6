package dev.firesteel.jobs.results;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the folders of results are named, and how such names come apart and together. */
final class PlaceNames {
    private static final Map<String, String> TREE_TOPS =
            Map.of("proving", "proving", "executions", "execution", "verification", "verification");
    private static final Map<String, String> MARGINAL_TOPS =
            Map.of("prove", "proving", "execute", "execution", "verify", "verification");

    private static final Set<String> CLIENTS = Set.of(
            "reth", "ethrex", "geth", "go-ethereum", "nethermind", "besu", "erigon", "nimbus", "zesu", "ethereumjs");

    private static final Set<String> ZKVMS = Set.of(
            "sp1",
            "risc0",
            "openvm",
            "zisk",
            "pico",
            "airbender",
            "jolt",
            "nexus",
            "ziren",
            "zkm",
            "ceno",
            "miden",
            "firesteel");

    private static final Pattern FIXTURE_SET = Pattern.compile("\\d+M-gas-limit|(?:eest|mainnet|bloatnet)(?:[-_.].*)?");
    private static final Pattern OUTPUT_FOLDER = Pattern.compile("zkevm-metrics.*");
    private static final String VERSION = "v?\\d[\\w.+-]*|[0-9a-f]{7,40}(?:-dirty)?";
    private static final Pattern VERSIONED = Pattern.compile("(.+?)-(" + VERSION + ")");
    private static final Pattern ZKVM_VERSION = Pattern.compile(".+-v\\d[^/]*");

    private PlaceNames() {}

    static boolean isTreeTop(String folder) {
        return TREE_TOPS.containsKey(folder);
    }

    static boolean isMarginalTop(String folder) {
        return MARGINAL_TOPS.containsKey(folder);
    }

    /** The action that a top folder stands for. */
    static String action(String top) {
        return isTreeTop(top) ? TREE_TOPS.get(top) : MARGINAL_TOPS.get(top);
    }

    static String treeTop(String action) {
        return top(TREE_TOPS, action);
    }

    static String marginalTop(String action) {
        return top(MARGINAL_TOPS, action);
    }

    private static String top(Map<String, String> tops, String action) {
        return tops.entrySet().stream()
                .filter(e -> e.getValue().equals(action))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    static boolean isFixtureSet(String folder) {
        return FIXTURE_SET.matcher(folder).matches();
    }

    /** Whether {@code folder} is {@code <zkvm>} or {@code <zkvm>-v<version>}. */
    static boolean isZkvm(String folder) {
        return !isFixtureSet(folder)
                && !isClient(folder)
                && !OUTPUT_FOLDER.matcher(folder).matches()
                && (ZKVM_VERSION.matcher(folder).matches()
                        || ZKVMS.stream().anyMatch(z -> folder.equals(z) || folder.startsWith(z + "-")));
    }

    /** Whether {@code folder} is a known client, alone or with a version. */
    static boolean isClient(String folder) {
        return CLIENTS.contains(splitClient(folder)[0]);
    }

    /** Name and version: apart at the last {@code -v}; without one there is no version. */
    static String[] splitZkvm(String folder) {
        int at = folder == null ? -1 : folder.lastIndexOf("-v");
        return at <= 0 || at + 2 == folder.length()
                ? new String[] {folder, null}
                : new String[] {folder.substring(0, at), folder.substring(at + 2)};
    }

    /** Name and version or commit: {@code reth-v1.11.0} is reth and 1.11.0, {@code ethrex-33695e2} is ethrex and 33695e2. */
    static String[] splitClient(String folder) {
        Matcher m = folder == null ? null : VERSIONED.matcher(folder);
        if (m == null || !m.matches()) {
            return new String[] {folder, null};
        }
        String version = m.group(2);
        return new String[] {m.group(1), version.startsWith("v") ? version.substring(1) : version};
    }

    /** The folder that {@link #splitClient} takes apart into these; a version with a dot has its {@code v}. */
    static String clientFolder(String client, String version) {
        return version == null ? client : client + (version.contains(".") ? "-v" : "-") + version;
    }
}
