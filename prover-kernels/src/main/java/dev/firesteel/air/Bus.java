package dev.firesteel.air;

/**
 * A channel on which rows of any tables send and receive messages; what is sent must be what is received.
 *
 * @param id unique in a machine and non-zero; one of the fields of every message's fingerprint, so that messages of two buses never meet
 * @param name for reports
 * @param width fields per message; every message of the bus has exactly this many, so that (x) and (0, x) cannot be confused
 * @param scope over what it has to balance; part of the key, never of a proof
 */
public record Bus(int id, String name, int width, Scope scope) {
    /** The greatest width of a bus. */
    public static final int MAX_WIDTH = 64;

    /** Over what a bus balances. The order is that of the numbers in keys. */
    public enum Scope {
        /** Over the tables of one proof. */
        LOCAL,
        /** Over all proofs of a request; only boundary chips may have messages on it, see {@link ConstraintBuilder#boundary}. */
        GLOBAL
    }

    public Bus {
        if (id < 1 || id > 0xFFFF) {
            throw new IllegalArgumentException("bus " + name + ": id " + id + " is not in 1…65535");
        }
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("bus " + name + ": width " + width + " is not in 1…" + MAX_WIDTH);
        }
    }

    /** A local bus. */
    public Bus(int id, String name, int width) {
        this(id, name, width, Scope.LOCAL);
    }

    /** A global bus. Machines whose proofs share it must have it with the same identity and width. */
    public static Bus global(int id, String name, int width) {
        return new Bus(id, name, width, Scope.GLOBAL);
    }

    /** Whether it balances over all proofs of a request only. */
    public boolean isGlobal() {
        return scope == Scope.GLOBAL;
    }
}
