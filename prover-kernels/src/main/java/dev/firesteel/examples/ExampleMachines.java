package dev.firesteel.examples;

import java.util.List;
import java.util.Optional;

/** All example machines. */
public final class ExampleMachines {
    private ExampleMachines() {}

    /** The machines, in the order of docs/examples.md. */
    public static List<ExampleMachine> all() {
        return List.of(
                new FibonacciMachine(),
                new AdderMachine(),
                new NetworkMachine(),
                new KeccakMachine(),
                new Poseidon2Machine(16),
                new Poseidon2Machine(24));
    }

    /** The machine of that name. */
    public static Optional<ExampleMachine> named(String name) {
        return all().stream().filter(m -> m.name().equals(name)).findFirst();
    }
}
