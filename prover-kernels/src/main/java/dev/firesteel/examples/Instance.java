package dev.firesteel.examples;

import dev.firesteel.air.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One run of a machine: its tables and its statement.
 *
 * @param preprocessed a trace per chip, of the height of the main one; null for a chip without preprocessed columns
 * @param main a trace per chip, in the machine's order
 * @param messages the statement
 */
public record Instance(List<Trace> preprocessed, List<Trace> main, List<PublicMessage> messages) {
    public Instance {
        preprocessed = Collections.unmodifiableList(new ArrayList<>(preprocessed));
        main = List.copyOf(main);
        messages = List.copyOf(messages);
        if (preprocessed.size() != main.size()) {
            throw new IllegalArgumentException(
                    preprocessed.size() + " preprocessed traces for " + main.size() + " tables");
        }
    }
}
