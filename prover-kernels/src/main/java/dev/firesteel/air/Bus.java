package dev.firesteel.air;

/**
 * A channel on which rows of any tables send and receive messages; over a whole proof what is sent must be what is received.
 *
 * @param id unique in a machine and non-zero; one of the fields of every message's fingerprint, so that messages of two buses never meet
 * @param name for reports
 * @param width fields per message; every message of the bus has exactly this many, so that (x) and (0, x) cannot be confused
 */
public record Bus(int id, String name, int width) {
    /** The greatest width of a bus. */
    public static final int MAX_WIDTH = 64;

    public Bus {
        if (id < 1 || id > 0xFFFF) {
            throw new IllegalArgumentException("bus " + name + ": id " + id + " is not in 1…65535");
        }
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException("bus " + name + ": width " + width + " is not in 1…" + MAX_WIDTH);
        }
    }
}
