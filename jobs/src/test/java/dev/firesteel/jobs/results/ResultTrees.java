package dev.firesteel.jobs.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Makes trees of result files with every oddity that published ones have. All names and figures are made up. */
final class ResultTrees {
    static final String MACHINE_A = """
            {"cpu_model": "Example CPU 64-Core", "total_ram_gib": 503, "gpus": [{"model": "GPU X"}, {"model": "GPU X"}]}""";
    static final String MACHINE_B = """
            {
              "gpus": [],
              "total_ram_gib": 125,
              "cpu_model": "Other CPU 16-Core"
            }""";

    /** Names that break globs, URIs and naive paths; the last has 220 bytes. */
    static final List<String> HOSTILE_NAMES = List.of(
            "test_a.py::test_codecopy[fork_Osaka-fixed_src_dst_False-0.75x max code size-benchmark-gas-value_10M]",
            "test_q.py::test_quotes['single'-\"double\"-`tick`-benchmark-gas-value_30M]",
            "test_c.py::test_commas[a,b;c-{d}-(e)-$HOME-*?!&|<>-benchmark_90M]_90M.txt",
            "100%_done 50%25 %2F %zz +plus+ #hash",
            "back\\slash ~tilde @at =equal ünïcödé 世界 🔥",
            " leading and trailing ",
            "test_long.py::test_long[" + "x".repeat(220 - 24 - 1 - 5) + "]");

    private static final String[] ZKVMS = {"zisk-v0.16.1", "sp1-v5.2.1", "risc0-v3.0.4", "openvm-v1.4.1"};
    private static final String[] CLIENTS = {"reth-v1.11.0", "ethrex-33695e2"};
    private static final String[] GAS = {"5M", "10M", "30M", "60M"};

    /** Reasons as they occur, numbers and paths changed. */
    static final List<String> REASONS = List.of(
            "Operation timed out after 300s",
            "RPC to zkVM server error: error InvalidArgument: error sending request for url (http://10.0.0.1:3000/Prove)"
                    + " (hyper::Error(IncompleteMessage))",
            "zkVM method error: Emulator panicked: Mem::read() section not found for addr: 1=2 with width: 8",
            "zkVM method error: Prove failed: Error generating proof: Cancelled");

    private ResultTrees() {}

    /** Writes {@code files} results of the current layout below {@code root}, about as a published tree has them. */
    static void published(Path root, int files, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int groups = ZKVMS.length * CLIENTS.length;
        for (int g = 0; g < groups; g++) {
            boolean proving = g % 2 == 0;
            Path set = root.resolve(proving ? "proving/8x5090/eest-abc1234" : "executions/1xL40s/eest-abc1234");
            write(set.resolve("hardware.json"), proving ? MACHINE_A : MACHINE_B);
            Path folder = set.resolve(CLIENTS[g % 2 == 0 ? 0 : 1]).resolve(ZKVMS[g / 2]);
            int share = files / groups + (g < files % groups ? 1 : 0);
            for (int i = 0; i < share; i++) {
                String name = fixture(random, i);
                write(folder.resolve(FileNames.fileName(name)), result(random, name, proving));
            }
        }
        write(root.resolve("README.md"), "not a result");
    }

    private static String fixture(SplittableRandom random, int i) {
        return switch (i % 4) {
            case 0 ->
                "test_account_query.py::test_codecopy[fork_Osaka-blockchain_test-fixed_src_dst_False-" + i
                        + " bytes-benchmark-gas-value_" + GAS[random.nextInt(GAS.length)] + "]";
            case 1 ->
                "test_single_opcode.py__test_account_access[fork_Osaka-benchmark_test-opcode_DELEGATECALL-value_sent_"
                        + i
                        + "-account_mode_AccountMode.NON_EXISTING_ACCOUNT-cache_strategy_CacheStrategy.NO_CACHE"
                        + "-benchmark_90M]_90M.txt";
            case 2 ->
                "test_marginal_opcodes.py::test_add[fork_Prague-blockchain_test_from_state_test-op_count_" + i * 1000
                        + "]";
            default -> "rpc_block_" + (23_533_500 + i);
        };
    }

    private static String result(SplittableRandom random, String name, boolean proving) {
        String part = random.nextInt(100) == 0
                ? "\"crashed\": {\n      \"reason\": " + quoted(REASONS.get(random.nextInt(REASONS.size()))) + "\n    }"
                : proving
                        ? "\"success\": {\n      \"proof_size\": 343580,\n      \"proving_time_ms\": "
                                + random.nextInt(100_000) + ",\n      \"verification_time_ms\": 6\n    }"
                        : "\"success\": {\n      \"total_num_cycles\": " + random.nextInt(1 << 30)
                                + ",\n      \"region_cycles\": {\n        \"setup\": 1000,\n        \"read_input\": "
                                + random.nextInt(1 << 20)
                                + "\n      },\n      \"execution_duration\": {\n        \"secs\": "
                                + random.nextInt(60) + ",\n        \"nanos\": " + random.nextInt(1_000_000_000)
                                + "\n      }\n    }";
        return "{\n  \"name\": " + quoted(name) + ",\n  \"timestamp_completed\": \"2026-03-31T09:58:12."
                + String.format("%09d", random.nextInt(1_000_000_000))
                + "Z\",\n  \"metadata\": {\n    \"block_used_gas\": "
                + random.nextInt(100_000_000) + "\n  },\n  \"" + (proving ? "proving" : "execution") + "\": {\n    "
                + part
                + "\n  }\n}";
    }

    /** A JSON text. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Writes {@code text} at {@code file}, making its folders. */
    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
