package dev.firesteel.jobs.report.stats;

/**
 * An ordinary least-squares line {@code y = intercept + slope · x}. Units follow the axes: a slope is in units of y per unit of x.
 *
 * <p>What a sample does not determine is {@code NaN}: {@code rSquared} where y does not vary, {@code slopeStdErr} with two points.
 *
 * @param points number of points, at least 2
 * @param slope y per x
 * @param intercept y at x = 0
 * @param rSquared share of the variance of y that the line explains, in [0, 1]; {@code NaN} where y is constant
 * @param slopeStdErr standard error of the slope, {@code sqrt(SSE / (n − 2) / Sxx)}; {@code NaN} for fewer than 3 points
 * @param rmse root mean square of the residuals, {@code sqrt(SSE / n)}, in units of y
 */
public record Line(int points, double slope, double intercept, double rSquared, double slopeStdErr, double rmse) {

    /**
     * Half the width of the two-sided confidence interval of the slope.
     *
     * @param level coverage in (0, 1), for example 0.95
     * @return {@code t(1 − (1 − level)/2, n − 2) · slopeStdErr}; {@code NaN} for fewer than 3 points
     */
    public double slopeHalfWidth(double level) {
        if (points < 3) {
            return Double.NaN;
        }
        return StudentT.quantile(0.5 + level / 2, points - 2) * slopeStdErr;
    }
}
