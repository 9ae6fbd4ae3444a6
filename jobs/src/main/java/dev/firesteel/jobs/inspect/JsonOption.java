package dev.firesteel.jobs.inspect;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How facts are printed: the option of every {@code inspect} command. */
final class JsonOption {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    void print(Facts facts, PrintWriter out) {
        facts.print(out, json);
    }
}
