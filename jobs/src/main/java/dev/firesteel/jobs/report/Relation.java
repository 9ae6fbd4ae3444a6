package dev.firesteel.jobs.report;

import java.util.function.Function;

/** The four lines of the marginal method (ethresear.ch 23955). */
enum Relation {
    COUNT_GAS("count_gas", "gas per operation", false, point -> box(point.opCount()), point -> box(point.gasUsed())),
    GAS_CYCLES("gas_zkcycles", "cycles per gas", false, point -> box(point.gasUsed()), point -> box(point.cycles())),
    GAS_PROVING("gas_proving", "seconds per gas", true, point -> box(point.gasUsed()), MarginalPoint::provingSeconds),
    CYCLES_PROVING(
            "zkcycles_proving", "seconds per cycle", true, point -> box(point.cycles()), MarginalPoint::provingSeconds);

    private final String id;
    private final String unit;
    private final boolean timed;
    private final Function<MarginalPoint, Double> x;
    private final Function<MarginalPoint, Double> y;

    Relation(
            String id,
            String unit,
            boolean timed,
            Function<MarginalPoint, Double> x,
            Function<MarginalPoint, Double> y) {
        this.id = id;
        this.unit = unit;
        this.timed = timed;
        this.x = x;
        this.y = y;
    }

    /** As in the tables and in the names of published columns. */
    String id() {
        return id;
    }

    /** Unit of the slope. */
    String unit() {
        return unit;
    }

    /** Whether y is a measured time, which differs from run to run; gas and cycles do not. */
    boolean timed() {
        return timed;
    }

    /** The abscissa, {@code null} if not measured. */
    Double x(MarginalPoint point) {
        return x.apply(point);
    }

    /** The ordinate, {@code null} if not measured. */
    Double y(MarginalPoint point) {
        return y.apply(point);
    }

    private static Double box(Long value) {
        return value == null ? null : value.doubleValue();
    }
}
