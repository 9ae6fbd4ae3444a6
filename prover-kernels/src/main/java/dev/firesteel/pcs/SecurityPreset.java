package dev.firesteel.pcs;

/**
 * Named parameters. With rate 1/2 and unique decoding a query misses a wrong word with a probability of at most 3/4, so q queries and g bits of work give
 * 0.415·q + g bits.
 */
public enum SecurityPreset {
    /** INSECURE: for unit tests only. Every feature is switched on, nothing is hard. */
    TEST_FAST("test-fast", 0, 1, new PcsParameters(1, 16, 3, 2, 1, 3, 2, 1)),
    /** 100 bits, provable: 0.415·193 + 20 for the queries. */
    PROVABLE_100("provable-100", 100, 0, new PcsParameters(1, 193, 20, 0, 0, 3, 6, 0)),
    /** 128 bits, provable: 0.415·261 + 20 for the queries, 5 bits of work for the joining of columns, 12 for the buses. */
    PROVABLE_128("provable-128", 128, 12, new PcsParameters(1, 261, 20, 5, 0, 3, 6, 0));

    private final String label;
    private final int bits;
    private final int logUpGrinding;
    private final PcsParameters opening;

    SecurityPreset(String label, int bits, int logUpGrinding, PcsParameters opening) {
        this.label = label;
        this.bits = bits;
        this.logUpGrinding = logUpGrinding;
        this.opening = opening;
    }

    /** The name in keys, files and on the command line. */
    public String label() {
        return label;
    }

    /** The bits of security that are claimed; 0 for what is insecure. */
    public int bits() {
        return bits;
    }

    /** Whether it claims any security. */
    public boolean secure() {
        return bits > 0;
    }

    /** Bits of work before the challenges of LogUp. */
    public int logUpGrinding() {
        return logUpGrinding;
    }

    /** The parameters of the opening. */
    public PcsParameters opening() {
        return opening;
    }

    /**
     * The preset of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SecurityPreset of(String label) {
        for (SecurityPreset preset : values()) {
            if (preset.label.equals(label)) {
                return preset;
            }
        }
        throw new IllegalArgumentException("no security preset " + label);
    }
}
