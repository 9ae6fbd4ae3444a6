package dev.firesteel.machine;

import dev.firesteel.examples.AdderMachine;
import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import java.lang.reflect.Constructor;
import java.util.List;

/** Example machines small enough to be proved thousands of times. */
final class SmallMachines {
    private SmallMachines() {}

    static ExampleMachine fibonacci() {
        return ExampleMachines.named("fibonacci").orElseThrow();
    }

    static ExampleMachine keccak() {
        return ExampleMachines.named("keccak-f").orElseThrow();
    }

    /** The adder with limbs of 8 bits: a range table of 256 rows. Only the one of 16 bits is public, for the others are of use to tests alone. */
    static ExampleMachine adder() {
        try {
            Constructor<AdderMachine> constructor = AdderMachine.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(8);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All machines, the adder in its small form. */
    static List<ExampleMachine> all() {
        return ExampleMachines.all().stream()
                .map(m -> m instanceof AdderMachine ? adder() : m)
                .toList();
    }
}
