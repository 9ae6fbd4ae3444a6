package dev.firesteel.jobs.report;

/**
 * What a machine costs.
 *
 * @param perHour of a machine with all its processors
 * @param currency as it is printed
 */
record Price(double perHour, String currency) {
    /** The price of so many milliseconds of it. */
    double of(double ms) {
        return perHour * ms / 3_600_000;
    }
}
