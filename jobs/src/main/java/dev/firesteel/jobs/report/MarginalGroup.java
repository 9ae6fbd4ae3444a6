package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.stats.LeastSquares;
import dev.firesteel.jobs.report.stats.Line;
import dev.firesteel.jobs.report.stats.PublishedFit;
import dev.firesteel.schemas.MarginalFit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** All runs of one opcode in one series: the unit that is fitted. Its numbers do not depend on the order of its points. */
final class MarginalGroup {
    static final double LEVEL = 0.95;
    static final double GOOD = 0.9;
    static final double MIDDLING = 0.7;

    /** Published files are in the order of names, and the last digits of a sum follow the order. */
    private static final Comparator<MarginalPoint> ORDER = Comparator.comparing(MarginalPoint::name)
            .thenComparing(MarginalPoint::sample, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(MarginalPoint::provingSeconds, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(MarginalPoint::excluded, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final List<MarginalPoint> points;
    private final List<MarginalPoint> fixtures;

    MarginalGroup(List<MarginalPoint> points) {
        this.points = points.stream().sorted(ORDER).toList();
        Map<String, MarginalPoint> byName = new LinkedHashMap<>();
        this.points.forEach(point -> byName.putIfAbsent(point.name(), point));
        this.fixtures = List.copyOf(byName.values());
    }

    /** One row for each relation, fitted or with the reason why not. */
    List<MarginalFit> fit(String runId, Instant now) {
        return Arrays.stream(Relation.values())
                .map(relation -> fit(relation, runId, now))
                .toList();
    }

    private MarginalFit fit(Relation relation, String runId, Instant now) {
        List<MarginalPoint> used = usable(relation);
        double[] x = used.stream().mapToDouble(relation::x).toArray();
        double[] y = used.stream().mapToDouble(relation::y).toArray();
        String obstacle = LeastSquares.obstacle(x, y);
        Line line = obstacle == null ? LeastSquares.fit(x, y) : null;
        Double published = line == null ? null : defined(PublishedFit.of(x, y).stdErr());
        Double half = line == null ? null : defined(line.slopeHalfWidth(LEVEL));
        MarginalPoint any = points.get(0);
        MarginalPoint.Series series = any.series();
        return new MarginalFit(
                series.zkvm(),
                series.zkvmVersion(),
                series.client(),
                series.clientVersion(),
                series.hardwareSha256(),
                any.opcode(),
                relation.id(),
                line == null ? "unfitted" : "fitted",
                quality(line),
                note(relation, obstacle, line),
                used.size(),
                fixtures.size(),
                count(point -> point.excluded() == null && point.provingSeconds() != null),
                count(point -> MarginalPoint.TIMEOUT.equals(point.excluded())),
                count(point -> point.excluded() != null && !MarginalPoint.TIMEOUT.equals(point.excluded())),
                least(MarginalPoint::opCount),
                most(MarginalPoint::opCount),
                least(MarginalPoint::gasUsed),
                most(MarginalPoint::gasUsed),
                most(MarginalPoint::cycles),
                line == null ? null : Double.valueOf(line.slope()),
                line == null ? null : Double.valueOf(line.intercept()),
                line == null ? null : defined(line.rSquared()),
                line == null ? null : defined(line.slopeStdErr()),
                published,
                half == null ? null : Double.valueOf(line.slope() - half),
                half == null ? null : Double.valueOf(line.slope() + half),
                line == null ? null : Double.valueOf(line.rmse()),
                runId,
                now);
    }

    /**
     * Gas and cycles are the same in every run of a fixture: pooling the runs would repeat points and shrink the standard error.
     * Times are measured anew in each run, so each is a point.
     */
    private List<MarginalPoint> usable(Relation relation) {
        List<MarginalPoint> from = relation.timed()
                ? points.stream().filter(point -> point.excluded() == null).toList()
                : fixtures;
        return from.stream()
                .filter(point -> relation.x(point) != null && relation.y(point) != null)
                .toList();
    }

    private String note(Relation relation, String obstacle, Line line) {
        List<String> notes = new ArrayList<>();
        if (obstacle != null) {
            notes.add(obstacle);
        } else if (line.points() == 2) {
            notes.add("two points: no standard error");
        }
        if (line != null && Double.isNaN(line.rSquared())) {
            notes.add("y does not vary: no R²");
        }
        List<MarginalPoint> of = relation.timed() ? points : fixtures;
        add(notes, of, point -> point.opCount() == null && relation == Relation.COUNT_GAS, "without operation count");
        add(notes, of, point -> point.gasUsed() == null && relation != Relation.CYCLES_PROVING, "without gas");
        boolean needsCycles = relation == Relation.GAS_CYCLES || relation == Relation.CYCLES_PROVING;
        add(notes, of, point -> point.cycles() == null && needsCycles, "without cycles");
        add(notes, of, point -> point.cyclesDiffer() && needsCycles, "with cycles that differ between executions");
        if (relation.timed()) {
            add(notes, of, point -> point.excluded() == null && point.provingSeconds() == null, "without proving time");
            add(
                    notes,
                    of,
                    point -> MarginalPoint.TIMEOUT.equals(point.excluded()),
                    "timed out (censored: the slope is too low)");
            of.stream()
                    .map(MarginalPoint::excluded)
                    .filter(reason -> reason != null && !reason.equals(MarginalPoint.TIMEOUT))
                    .distinct()
                    .sorted()
                    .forEach(reason -> add(notes, of, point -> reason.equals(point.excluded()), "left out: " + reason));
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private static void add(
            List<String> notes,
            List<MarginalPoint> of,
            java.util.function.Predicate<MarginalPoint> which,
            String what) {
        long count = of.stream().filter(which).count();
        if (count > 0) {
            notes.add(count + " of " + of.size() + " " + what);
        }
    }

    static String quality(Line line) {
        if (line == null || Double.isNaN(line.rSquared())) {
            return "none";
        }
        return line.rSquared() >= GOOD ? "good" : line.rSquared() >= MIDDLING ? "middling" : "poor";
    }

    private int count(java.util.function.Predicate<MarginalPoint> which) {
        return (int) points.stream().filter(which).count();
    }

    private Long least(Function<MarginalPoint, Long> field) {
        return points.stream()
                .map(field)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Long most(Function<MarginalPoint, Long> field) {
        return points.stream()
                .map(field)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Double defined(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
