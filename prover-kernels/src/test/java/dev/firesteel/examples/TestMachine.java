package dev.firesteel.examples;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.air.Violation;
import java.util.ArrayList;
import java.util.List;

/** A machine with its chips described, and ways to check and to change its instances. */
record TestMachine(ExampleMachine machine, List<ChipDescription> chips) {
    static TestMachine of(ExampleMachine machine) {
        return new TestMachine(
                machine, machine.chips().stream().map(ChipDescription::of).toList());
    }

    /** At most three violations. */
    List<Violation> violations(Instance instance) {
        TraceChecker checker = new TraceChecker(3);
        for (int t = 0; t < chips.size(); t++) {
            checker.table(
                    chips.get(t),
                    instance.preprocessed().get(t),
                    instance.main().get(t));
        }
        instance.messages().forEach(m -> checker.message(m.bus(), m.multiplicity(), m.fields()));
        return checker.violations();
    }

    /** A copy with one cell of a main table changed. */
    static Instance changed(Instance instance, int table, int row, int column, int value) {
        Trace trace = instance.main().get(table).copy();
        trace.set(row, column, value);
        return with(instance, table, trace);
    }

    /** A copy with another main table. */
    static Instance with(Instance instance, int table, Trace trace) {
        List<Trace> main = new ArrayList<>(instance.main());
        main.set(table, trace);
        return new Instance(instance.preprocessed(), main, instance.messages());
    }

    /** A copy with field {@code field} of public message {@code message} changed. */
    static Instance changedMessage(Instance instance, int message, int field, int value) {
        PublicMessage old = instance.messages().get(message);
        List<Integer> fields = new ArrayList<>(old.fields());
        fields.set(field, value);
        List<PublicMessage> messages = new ArrayList<>(instance.messages());
        messages.set(message, new PublicMessage(old.bus(), old.multiplicity(), fields));
        return new Instance(instance.preprocessed(), instance.main(), messages);
    }
}
