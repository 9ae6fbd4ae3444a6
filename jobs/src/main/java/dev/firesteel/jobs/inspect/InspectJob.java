package dev.firesteel.jobs.inspect;

import dev.firesteel.jobs.cli.JobCommand;
import picocli.CommandLine.Mixin;

/** An {@code inspect} command that needs Spark: it prints facts and leaves no row. */
abstract class InspectJob extends JobCommand {
    @Mixin
    private JsonOption format = new JsonOption();

    @Override
    protected final boolean recorded() {
        return false;
    }

    final void print(Facts facts) {
        format.print(facts, out());
    }
}
