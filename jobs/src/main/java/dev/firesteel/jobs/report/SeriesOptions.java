package dev.firesteel.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import picocli.CommandLine.Option;

/** Options of the regressions about which runs of {@code benchmark_results} they take. */
final class SeriesOptions {
    private static final int SHOWN = 4;

    @Option(
            names = "--zkvm",
            paramLabel = "NAME",
            description =
                    "Only this zkVM, such as sp1 or, of one version, sp1-v5.2.1; with --input, the name to report.")
    private String zkvm;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            description = "Only this client, such as reth or reth-v1.11.0; not with --input.")
    private String client;

    @Option(
            names = "--hardware",
            paramLabel = "ID",
            description =
                    "Only hardware whose SHA-256 starts so, or whose folder has this name; with --input, the name to report.")
    private String hardware;

    /** The choice of these, each null for any. */
    static SeriesOptions of(String zkvm, String client, String hardware) {
        SeriesOptions options = new SeriesOptions();
        options.zkvm = zkvm;
        options.client = client;
        options.hardware = hardware;
        return options;
    }

    String zkvm() {
        return zkvm;
    }

    String hardware() {
        return hardware;
    }

    /** As the name of what a file holds. */
    MarginalPoint.Series named() {
        return new MarginalPoint.Series(zkvm == null ? "" : zkvm, "", "", "", hardware == null ? "" : hardware);
    }

    /** Whether a row is of the chosen zkVM and client. */
    Column prover() {
        return matches("zkvm", zkvm).and(matches("client", client));
    }

    /** Whether a row is of the chosen hardware. */
    Column machine() {
        return hardware == null
                ? lit(true)
                : col("hardware_sha256")
                        .startsWith(hardware)
                        .or(col("hardware_folder").equalTo(hardware));
    }

    /** Versions are told with and without {@code v}, in folders as in {@link #some}. */
    private static Column matches(String column, String wanted) {
        if (wanted == null) {
            return lit(true);
        }
        Column version = coalesce(col(column + "_version"), lit(""));
        return col(column)
                .equalTo(wanted)
                .or(concat(col(column), lit("-v"), version).equalTo(wanted))
                .or(concat(col(column), lit("-"), version).equalTo(wanted));
    }

    /** The choice as part of a sentence, empty when there is none. */
    String text() {
        return (zkvm == null ? "" : " of zkVM '" + zkvm + "'")
                + (client == null ? "" : " of client '" + client + "'")
                + (hardware == null ? "" : " on hardware '" + hardware + "'");
    }

    /** The first of {@code series} as they would be chosen. */
    static String some(List<MarginalPoint.Series> series) {
        return series.stream()
                        .limit(SHOWN)
                        .map(one -> String.join(
                                        " ",
                                        versioned(one.zkvm(), one.zkvmVersion()),
                                        versioned(one.client(), one.clientVersion()),
                                        one.hardwareSha256()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                12,
                                                                one.hardwareSha256()
                                                                        .length())))
                                .strip())
                        .collect(Collectors.joining(", "))
                + (series.size() > SHOWN ? ", …" : "");
    }

    private static String versioned(String name, String version) {
        return version.isEmpty() ? name : name + "-v" + version;
    }
}
