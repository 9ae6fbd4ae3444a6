package dev.firesteel.jobs.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Makes trees of result files with every oddity that published ones have. All names and figures are made up. */
public final class ResultTrees {
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

    /** Takes a file's path, separated by {@code /}, and its text. */
    interface Sink {
        void file(String path, String text);
    }

    /** Writes {@code files} results of the current layout below {@code root}, about as a published tree has them. */
    public static void published(Path root, int files, long seed) {
        published((path, text) -> write(root.resolve(path), text), files, seed);
    }

    /** Packs what {@link #published(Path, int, long)} writes. */
    static void publishedPack(Path pack, int files, long seed) {
        try (TarWriter tar = new TarWriter(Files.newOutputStream(pack))) {
            published(
                    (path, text) -> {
                        try {
                            tar.add(path, text.getBytes(StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    files,
                    seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void published(Sink sink, int files, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int groups = ZKVMS.length * CLIENTS.length;
        for (int g = 0; g < groups; g++) {
            boolean proving = g % 2 == 0;
            String set = proving ? "proving/8x5090/eest-abc1234/" : "executions/1xL40s/eest-abc1234/";
            sink.file(set + "hardware.json", proving ? MACHINE_A : MACHINE_B);
            String folder = set + CLIENTS[g % 2 == 0 ? 0 : 1] + "/" + ZKVMS[g / 2] + "/";
            int share = files / groups + (g < files % groups ? 1 : 0);
            for (int i = 0; i < share; i++) {
                String name = fixture(random, i);
                sink.file(folder + FileNames.fileName(name), result(random, name, proving));
            }
        }
        sink.file("README.md", "not a result");
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

    /** Gas of a block of {@link #marginal} beside that of its operations. */
    public static final long MARGINAL_START_GAS = 1_000_000;

    /** Cycles per gas in {@link #marginal}. */
    public static final long MARGINAL_CYCLES_PER_GAS = 7;

    /**
     * Writes a tree of the marginal runner below {@code root}: executions on machine B, proofs in two samples on machine A. One
     * operation costs the milliseconds of {@code add}, {@code mulmod}, and of {@code blake2f} 2 + {@code rounds} of them. {@code not}
     * is executed and never proven, one proof of {@code add} is a timeout.
     */
    public static void marginal(Path root) {
        String zkvm = "sp1-v5.2.4";
        write(root.resolve("execute/hardware.json"), MACHINE_B);
        for (int sample = 1; sample <= 2; sample++) {
            write(root.resolve("prove/sample-" + sample + "/hardware.json"), MACHINE_A);
        }
        write(root.resolve("run-metadata.json"), "{\"num_samples\": 2, \"zkvms\": \"sp1\"}");
        for (int step = 0; step <= 4; step++) {
            long count = 1000L * step;
            marginal(root, zkvm, "add", "", count, 3, 4);
            marginal(root, zkvm, "mulmod", "", count, 8, 9);
            // Without operations there are no rounds to name.
            for (int rounds : step == 0 ? new int[] {0} : new int[] {1, 12, 40}) {
                String named = step == 0 ? "" : "rounds_" + rounds + "-";
                marginal(root, zkvm, "blake2f", named, count, 20, 2 + rounds);
            }
            marginal(root, zkvm, "not", "", count, 3, -1);
        }
        String name = marginalName("add", "", 9000);
        write(
                root.resolve("prove/sample-1/reth/" + zkvm).resolve(name + ".json"),
                "{\"name\": " + quoted(name) + ", \"timestamp_completed\": \"2026-01-10T19:00:55Z\", \"metadata\":"
                        + " {\"block_used_gas\": 1027000}, \"proving\": {\"crashed\": {\"reason\": "
                        + quoted(REASONS.get(0)) + "}}}");
    }

    private static String marginalName(String opcode, String parameters, long count) {
        return "test_marginal_opcodes.py::test_" + opcode + "[fork_Prague-" + parameters + "op_count_" + count + "]";
    }

    private static void marginal(
            Path root, String zkvm, String opcode, String parameters, long count, long gas, long ms) {
        String name = marginalName(opcode, parameters, count);
        long used = MARGINAL_START_GAS + gas * count;
        String head = "{\"name\": " + quoted(name) + ", \"timestamp_completed\": \"2026-01-10T19:00:55Z\","
                + " \"metadata\": {\"block_used_gas\": " + used + "}, ";
        String file = "reth/" + zkvm + "/" + FileNames.fileName(name);
        write(
                root.resolve("execute").resolve(file),
                head + "\"execution\": {\"success\": {\"total_num_cycles\": " + MARGINAL_CYCLES_PER_GAS * used
                        + ", \"region_cycles\": {}, \"execution_duration\": {\"secs\": 1, \"nanos\": 0}}}}");
        for (int sample = 1; sample <= 2 && ms >= 0; sample++) {
            // The samples lie one second on either side of the line.
            long time = 60_000 + ms * count + (sample == 1 ? -1000 : 1000);
            write(
                    root.resolve("prove/sample-" + sample).resolve(file),
                    head + "\"proving\": {\"success\": {\"proof_size\": 1000, \"proving_time_ms\": " + time + "}}}");
        }
    }

    /** A successful result of each of the six schema versions, as its writer made it. */
    static String schemaVersion(int version, String name) {
        String head = "{\n  \"name\": " + quoted(name) + ",\n";
        String time = "  \"timestamp_completed\": \"2026-05-25T12:34:56.123456789Z\",\n";
        String execution = """
                  "execution": {
                    "success": {
                      "total_num_cycles": 1048737679,
                      "region_cycles": {
                        "setup": 1000
                      },
                      "execution_duration": {
                        "secs": 12,
                        "nanos": 327837000
                      }
                    }
                  }
                }""";
        String gas = "  \"block_used_gas\": 16000000,\n";
        String metadata = "  \"metadata\": {\n    \"block_used_gas\": 16000000\n  },\n";
        return switch (version) {
            case 1 -> head + gas + execution;
            case 2 -> head + time + gas + execution;
            case 3 -> head + time + metadata + execution;
            case 4 -> head + time + metadata + """
                          "proving": {
                            "success": {
                              "proof_size": 343580,
                              "proving_time_ms": 9310,
                              "verification_time_ms": 6
                            }
                          }
                        }""";
            case 5 -> head + time + """
                          "metadata": null,
                          "verification": {
                            "success": {
                              "proof_size": 1477226,
                              "verification_time_ms": 93
                            }
                          }
                        }""";
            default ->
                head + time
                        + """
                          "metadata": {
                            "fixture_format": "eest",
                            "original_test_name": "tests/foo.py::test_case[param]",
                            "source_path": "blockchain_tests/for_amsterdam/compute/mcopy.json",
                            "block_index": 0,
                            "network": "Amsterdam",
                            "chain_id": 1,
                            "block_number": 7,
                            "block_used_gas": 16000000,
                            "opcode_count": {
                              "PUSH1": 5,
                              "SSTORE": 2
                            }
                          },
                        """
                        + execution.replace(
                                "\"total_num_cycles\"", "\"output_matched\": true,\n      \"total_num_cycles\"");
        };
    }

    /**
     * Writes a small tree with everything that published trees hold: all layouts and schema versions, missing levels, hostile
     * names, crashes, zero cycles, sidecars that disagree with folder names, duplicates, broken and empty files.
     */
    static void odd(Path root) {
        String[] layouts = {
            "proving/8x5090/eest-abc1234/reth-v1.11.0/zisk-v0.16.1",
            "executions/1xL40s/eest-abc1234/ethrex-33695e2/sp1-v5.2.1",
            "proving/8x5090/eest-365433e/5M-gas-limit/reth/zisk-v0.15.0",
            "old/8x5090/60M-gas-limit/reth/risc0-v3.0.4",
            "proving/8x5090/bloatnet/zisk-v0.16.1",
            "proving/1xL40s/10M-gas-limit/reth/eest-benchmark/sp1-v5.1.0",
            "verification/size-ccx43-x64/sp1-v5.2.4",
            "runs/one/execute/reth/sp1-v5.2.4",
            "runs/one/prove/sample-1/reth/sp1-v5.2.4",
            "runs/one/prove/sample-2/reth/sp1-v5.2.4"
        };
        for (int i = 0; i < layouts.length; i++) {
            for (int version = 1; version <= 6; version++) {
                String name = "case_" + i + "_" + version;
                write(root.resolve(layouts[i]).resolve(name + ".json"), schemaVersion(version, name));
            }
        }
        Path main = root.resolve(layouts[0]);
        for (String name : HOSTILE_NAMES) {
            write(main.resolve(name + ".json"), schemaVersion(4, name));
        }
        for (int i = 0; i < REASONS.size(); i++) {
            write(
                    main.resolve("crash_" + i + ".json"),
                    "{\"name\": \"crash_" + i + "\", \"timestamp_completed\": \"2026-03-31T09:58:12.074736Z\","
                            + " \"metadata\": {\"block_used_gas\": 90000000}, \"proving\": {\"crashed\": {\"reason\": "
                            + quoted(REASONS.get(i)) + "}}}");
        }
        write(main.resolve("zero_cycles.json"), schemaVersion(3, "zero_cycles").replace("1048737679", "0"));
        // Two machines under folders of one name, one machine under folders of two names, and one that nobody
        // described.
        write(root.resolve("proving/8x5090/eest-abc1234/hardware.json"), MACHINE_A);
        write(root.resolve("proving/8x5090/bloatnet/hardware.json"), MACHINE_B);
        write(root.resolve("executions/1xL40s/eest-abc1234/hardware.json"), MACHINE_B);
        write(
                root.resolve("verification/size-ccx43-x64/metadata.json"),
                "{\"date\": \"2026-05-11\", \"hardware\": {\"cpu_model\": \"Other CPU 16-Core\", \"total_ram_gib\": 61}}");
        write(root.resolve("runs/one/execute/hardware.json"), MACHINE_A);
        write(root.resolve("runs/one/prove/sample-1/hardware.json"), MACHINE_A);
        write(root.resolve("runs/one/prove/sample-2/hardware.json"), MACHINE_A);
        write(
                root.resolve("runs/one/run-metadata.json"),
                "{\"start_time\": \"2026-01-10T19:00:55+09:00\", \"num_samples\": 2, \"zkvms\": \"sp1\"}");
        write(root.resolve("proving/8x5090/eest-365433e/fixtures.json"), "{\"source\": \"s\", \"ref\": \"365433e\"}");
        write(root.resolve("proving/README.md"), "words");
        // The same measurement published at two places.
        write(
                root.resolve("proving/8x5090/moved/reth-v1.11.0/zisk-v0.16.1/case_0_4.json"),
                schemaVersion(4, "case_0_4"));
        write(root.resolve("proving/8x5090/moved/hardware.json"), MACHINE_A);
        // A file at one place that was measured again.
        write(
                root.resolve("rerun/proving/8x5090/eest-abc1234/reth-v1.11.0/zisk-v0.16.1/case_0_4.json"),
                schemaVersion(4, "case_0_4").replace("9310", "9400").replace("2026-05-25", "2026-05-26"));
        write(main.resolve("empty.json"), "");
        write(main.resolve("cut.json"), schemaVersion(4, "cut").substring(0, 100));
        write(main.resolve("list.json"), "[]");
        write(root.resolve("proving/1xL40s/hardware.json"), "{\"cpu_model\": ");
    }

    /** Files of {@link #odd} that become a row, duplicates included. */
    static final int ODD_RESULTS = 10 * 6 + HOSTILE_NAMES.size() + REASONS.size() + 3;

    /** Files of {@link #odd} that are refused. */
    static final int ODD_REFUSED = 4;

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
