package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.request.ProgramSetup;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What decides a proof besides program, input and how the execution was cut.
 *
 * @param preset the security preset
 */
public record ProofParameters(SecurityPreset preset) implements Serializable {
    /** Rows of the tallest table, and so cycles of the longest segment. */
    static final long MAX_ROWS = 1L << ProgramSetup.DEFAULT_LOG_HEIGHT;

    private static final long serialVersionUID = 1L;

    /** With the preset of that name; throws {@link UserException} when there is none. */
    public static ProofParameters of(String preset) {
        try {
            return new ProofParameters(SecurityPreset.of(preset));
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    "--preset " + preset + ": no such preset; there are "
                            + Arrays.stream(SecurityPreset.values())
                                    .map(SecurityPreset::label)
                                    .collect(Collectors.joining(", ")),
                    e);
        }
    }

    /**
     * SHA-256 of these and of an execution's parameters, 64 hex digits.
     *
     * @param execution the parameters_hash of the execution
     */
    String hash(String execution) {
        String text = "firesteel/proof/1\nexecution=" + execution + "\npreset=" + preset.label() + "\nlog_height="
                + ProgramSetup.DEFAULT_LOG_HEIGHT + "\n";
        return Digests.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }
}
