package dev.firesteel.jobs.prove;

import java.io.Serializable;
import java.util.List;

/**
 * An execution that is to be proved, once for all requests that share it.
 *
 * @param executionHash parameters_hash of the execution
 * @param parametersHash of execution and proof
 * @param requestIds in their order, at least one
 * @param exitCode null unless halted
 * @param touchedWords of the whole execution
 */
record Target(
        String programHash,
        String programName,
        String inputHash,
        String executionHash,
        String parametersHash,
        List<String> requestIds,
        String outcome,
        Integer exitCode,
        String outputSha256,
        long cycles,
        long touchedWords,
        int segmentCount)
        implements Serializable {

    /** What rows of all proving tables are found by, besides the code version. */
    record Key(String programHash, String inputHash, String parametersHash) implements Serializable {}

    Key key() {
        return new Key(programHash, inputHash, parametersHash);
    }

    /** The request that attempts at the execution's segments are told under. */
    String requestId() {
        return requestIds.get(0);
    }
}
