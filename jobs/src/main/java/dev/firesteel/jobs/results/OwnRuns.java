package dev.firesteel.jobs.results;

import dev.firesteel.schemas.Execution;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Our own executions as result files of the zkVM {@code firesteel}. */
final class OwnRuns {
    /** The zkVM's name in folders. */
    static final String ZKVM = "firesteel";

    private static final int SCHEMA_VERSION = 6;

    private OwnRuns() {}

    /** Where the results of {@code row} belong; {@code hardware} and {@code client} may be null. */
    static RunPlace place(Execution row, String hardware, String fixtureSet, String client) {
        String[] parts = PlaceNames.splitClient(client);
        return new RunPlace(
                RunPlace.TREE, "execution", hardware, fixtureSet, parts[0], parts[1], ZKVM, row.codeVersion(), null);
    }

    /** The result of {@code row}: success when the guest halted with exit code 0, else a crash that says how it ended. */
    static ResultFile file(Execution row) {
        String name = name(row);
        String crash = crash(row);
        Long block = row.blockNumber() == null ? FixtureName.blockNumber(name) : row.blockNumber();
        return new ResultFile(
                name,
                row.executedAt().truncatedTo(ChronoUnit.NANOS),
                SCHEMA_VERSION,
                new ResultFile.Metadata(
                        row.gasUsed(), ZKVM, name, row.programName(), null, null, row.chainId(), block, null),
                crash == null
                        ? new ResultFile.Execution(
                                null,
                                row.expectedMatched(),
                                row.cycles() == 0 ? null : row.cycles(),
                                null,
                                Math.round(row.executionMs() * 1e6))
                        : new ResultFile.Execution(crash, null, null, null, null),
                null,
                null,
                null);
    }

    private static String name(Execution row) {
        if (row.fixtureName() != null) {
            return row.fixtureName();
        }
        return row.blockNumber() != null ? "rpc_block_" + row.blockNumber() : row.requestId();
    }

    /** The words are those that {@link CrashReason} takes for what they are. */
    private static String crash(Execution row) {
        return switch (row.outcome()) {
            case "halted" ->
                row.exitCode() != null && row.exitCode() == 0
                        ? null
                        : "Guest panicked: program exit code " + Integer.toUnsignedString(row.exitCode());
            case "trapped" ->
                String.format(
                        Locale.ROOT,
                        "Guest panicked: trap %s at pc %#x",
                        row.trap(),
                        row.trapPc() == null ? 0 : row.trapPc());
            default -> "Stopped: " + row.outcome() + " after " + row.cycles() + " cycles";
        };
    }
}
