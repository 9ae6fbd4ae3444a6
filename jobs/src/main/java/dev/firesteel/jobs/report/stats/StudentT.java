package dev.firesteel.jobs.report.stats;

/** Student's t distribution, by the regularised incomplete beta function (Abramowitz and Stegun 26.5, 26.7). */
public final class StudentT {
    private static final double EPSILON = 1e-16;
    private static final double TINY = 1e-300;

    private static final double[] LANCZOS = {
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private StudentT() {}

    /**
     * P(T ≤ t).
     *
     * @param degrees degrees of freedom, at least 1
     */
    public static double cdf(double t, int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees of freedom: " + degrees + ", at least 1 wanted");
        }
        double tail = 0.5 * incompleteBeta(degrees / 2.0, 0.5, degrees / (degrees + t * t));
        return t > 0 ? 1 - tail : tail;
    }

    /**
     * The t with P(T ≤ t) = p, to about 12 digits.
     *
     * @param p in (0, 1)
     * @param degrees degrees of freedom, at least 1
     */
    public static double quantile(double p, int degrees) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("probability: " + p + ", between 0 and 1 wanted");
        }
        if (p < 0.5) {
            return -quantile(1 - p, degrees);
        }
        double low = 0;
        double high = 1;
        while (cdf(high, degrees) < p) {
            low = high;
            high *= 2;
        }
        // Bisection: the function is monotone and this runs once per fit, so nothing faster is needed.
        while (high - low > 1e-14 * Math.max(1, high)) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (cdf(middle, degrees) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    private static double incompleteBeta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        if (x < (a + 1) / (a + b + 2)) {
            return front * betaFraction(a, b, x) / a;
        }
        return 1 - front * betaFraction(b, a, 1 - x) / b;
    }

    /** Continued fraction of the incomplete beta function by Lentz's method. */
    private static double betaFraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= 500; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            double step = d * c;
            result *= step;
            if (Math.abs(step - 1) < EPSILON) {
                break;
            }
        }
        return result;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Lanczos' approximation with g = 7, for z ≥ 0.5. */
    private static double logGamma(double z) {
        double shifted = z - 1;
        double sum = 0.99999999999980993;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (shifted + i + 1);
        }
        double t = shifted + LANCZOS.length - 0.5;
        return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
