package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.pcs.PcsParameters;
import dev.firesteel.pcs.SecurityPreset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of docs/security that follow from the code's constants. */
public final class SecurityPages {
    /** The greatest segment that is planned: 2^22 rows, 2^21 stacked rows, messages of all tables as wide as a bus can be. */
    static final Soundness.Shape SEGMENT = new Soundness.Shape(22, 4096, 21, 128, 4096, 32, 64);

    private static final int LOG_MESSAGES_OF_A_ROW = 10;

    private SecurityPages() {}

    /** File names and contents. */
    public static Map<String, String> all() {
        Map<String, String> pages = new TreeMap<>();
        for (SecurityPreset preset : SecurityPreset.values()) {
            if (preset.secure()) {
                pages.put(preset.label() + ".toml", toml(preset));
            }
        }
        pages.put("README.md", page());
        return pages;
    }

    /** The preset in soundcalc's own form. */
    static String toml(SecurityPreset preset) {
        PcsParameters p = preset.opening();
        List<Integer> factors = new ArrayList<>();
        int layers = (SEGMENT.logStacked() - p.logFinal()) / p.logFolding();
        factors.addAll(Collections.nCopies(layers, 1 << p.logFolding()));
        int rest = SEGMENT.logStacked() - p.logFinal() - layers * p.logFolding();
        if (rest > 0) {
            factors.add(1 << rest);
        }
        return String.join(
                "\n",
                "# Written by: scripts/firesteel local security --output docs/security",
                "# Input of soundcalc (github.com/ethereum/soundcalc). One table per layer; there is one so far.",
                "",
                "[zkevm]",
                "name = \"Firesteel\"",
                "protocol_family = \"JAGGED\"",
                "field = \"KoalaBear^5\"",
                "version = \"" + preset.label() + "\"",
                "hash_size_bits = " + (int) Math.floor(Sponge.DIGEST * Math.log(KoalaBear.P) / Math.log(2)),
                "",
                "[[circuits]]",
                "name = \"segment\"",
                "udr_only = true",
                "blowup_factor = " + (1 << p.logBlowup()),
                "rho = " + 1.0 / (1 << p.logBlowup()),
                "trace_length = " + (1 << SEGMENT.logRows()),
                "trace_columns = " + SEGMENT.columns(),
                "dense_length = " + (1 << SEGMENT.logStacked()),
                "dense_batch = " + SEGMENT.stackedColumns(),
                "num_constraints = " + SEGMENT.constraints(),
                "air_max_degree = " + ChipDescription.MAX_DEGREE,
                "opening_points = 1",
                "power_batching = false",
                "multilinear_batching = true",
                "multilinear_zerocheck = true",
                "num_queries = " + p.queries(),
                "fri_folding_factors = " + factors,
                "fri_early_stop_degree = " + (1 << p.logFinal() + p.logBlowup()),
                "grinding_batching_phase = " + p.batchingGrinding(),
                "grinding_query_phase = " + p.queryGrinding(),
                "",
                "[[circuits.lookups]]",
                "name = \"buses\"",
                "logup_type = \"multivariate\"",
                "rows_L = " + (1 << SEGMENT.logRows()),
                "rows_T = 0",
                "num_columns_S = " + SEGMENT.busWidth(),
                "num_lookups_M = " + (1 << LOG_MESSAGES_OF_A_ROW),
                "grinding_bits_lookup = " + preset.logUpGrinding(),
                "multilinear_fingerprint = false",
                "");
    }

    private static String page() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Security

                Written by `scripts/firesteel local security --output docs/security`; a test compares it with the code.

                A proof is sound and succinct. It is **not zero-knowledge**: it opens rows of the encoded witness and tells values of its columns. Soundness is that of the
                interactive protocol, round by round, made non-interactive by the transcript, for a Poseidon2 without structure. All errors are in the unique-decoding
                regime, where the bounds are proven; nothing rests on a conjecture about the code. The claim of a preset is the least of its rounds. #E, the number of elements of the extension, is 2^%.1f.

                `<preset>.toml` is the same as input for [soundcalc](https://github.com/ethereum/soundcalc). Attacks that were tried: [attacks.md](attacks.md). `test-fast` is
                **insecure**, for unit tests only; verifiers refuse it unless told otherwise.

                Shape: 2^%d rows, %d columns, %d constraints, 2^%.0f messages of %d fields; 2^%d stacked rows, %d stacked columns. A key whose greatest shape would be worth less
                than its preset claims cannot be made.

                A proof of a machine with boundary chips leaves its caller with a sum, a root and a count to check: [decision 8](../decisions/0008-global-buses.md). The row on global buses
                is the error of the challenge that the caller draws; it is worth that if the caller asks for the preset's work before LogUp's challenges.
                """.formatted(
                        Soundness.FIELD_BITS,
                        SEGMENT.logRows(),
                        SEGMENT.columns(),
                        SEGMENT.constraints(),
                        SEGMENT.leaves(),
                        SEGMENT.busWidth(),
                        SEGMENT.logStacked(),
                        SEGMENT.stackedColumns()));
        for (SecurityPreset preset : SecurityPreset.values()) {
            if (preset.secure()) {
                page.append("\n## ").append(preset.label()).append("\n\n| round | bits | error |\n|---|---|---|\n");
                page.append(Soundness.rounds(preset, SEGMENT).stream()
                        .map(r -> String.format(Locale.ROOT, "| %s | %.1f | %s |%n", r.name(), r.bits(), r.formula()))
                        .collect(Collectors.joining()));
                page.append(String.format(
                        Locale.ROOT,
                        "| **all** | **%d** | the least, rounded down |%n",
                        Soundness.bits(preset, SEGMENT)));
            }
        }
        return page.toString();
    }
}
