package dev.firesteel.jobs.prove;

import java.util.List;

/** Executions that nobody made. */
final class TargetFixture {
    private TargetFixture() {}

    static Target of(String requestId, int segments) {
        return new Target(
                "program",
                "name",
                "input",
                "execution",
                "parameters",
                List.of(requestId),
                "halted",
                0,
                "output",
                1000,
                100,
                segments);
    }
}
