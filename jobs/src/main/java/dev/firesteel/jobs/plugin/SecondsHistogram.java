package dev.firesteel.jobs.plugin;

import com.codahale.metrics.ExponentiallyDecayingReservoir;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.util.Arrays;

/** A histogram of times that is read in seconds. Dropwizard counts in whole numbers: these are microseconds inside. */
final class SecondsHistogram extends Histogram {
    private static final double PER_SECOND = 1e6;

    SecondsHistogram() {
        super(new ExponentiallyDecayingReservoir());
    }

    /** What to update it with. */
    static long units(double seconds) {
        return Math.round(seconds * PER_SECOND);
    }

    @Override
    public Snapshot getSnapshot() {
        return new Seconds(super.getSnapshot());
    }

    private static final class Seconds extends Snapshot {
        private final Snapshot units;

        Seconds(Snapshot units) {
            this.units = units;
        }

        @Override
        public double getValue(double quantile) {
            return units.getValue(quantile) / PER_SECOND;
        }

        @Override
        public long[] getValues() {
            return Arrays.stream(units.getValues())
                    .map(v -> Math.round(v / PER_SECOND))
                    .toArray();
        }

        @Override
        public int size() {
            return units.size();
        }

        /** Rounded up: a whole number is all that there is place for. */
        @Override
        public long getMax() {
            return (long) Math.ceil(units.getMax() / PER_SECOND);
        }

        @Override
        public double getMean() {
            return units.getMean() / PER_SECOND;
        }

        @Override
        public long getMin() {
            return (long) (units.getMin() / PER_SECOND);
        }

        @Override
        public double getStdDev() {
            return units.getStdDev() / PER_SECOND;
        }

        @Override
        public void dump(OutputStream output) {
            units.dump(output);
        }
    }
}
