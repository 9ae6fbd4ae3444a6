package dev.firesteel.jobs.report.stats;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The textbook formulas in 80-digit decimal arithmetic: what the fast versions are checked against. */
public record ExactRegression(double slope, double intercept, double rSquared, double stdErr, double rmse) {
    private static final MathContext DIGITS = new MathContext(80);

    /** Fits decimal texts, so that 57.53 means 57.53 and not the double next to it. */
    public static ExactRegression of(List<String> xs, List<String> ys) {
        List<BigDecimal> x = xs.stream().map(BigDecimal::new).toList();
        List<BigDecimal> y = ys.stream().map(BigDecimal::new).toList();
        BigDecimal n = BigDecimal.valueOf(x.size());
        BigDecimal meanX = sum(x).divide(n, DIGITS);
        BigDecimal meanY = sum(y).divide(n, DIGITS);
        BigDecimal sxx = BigDecimal.ZERO;
        BigDecimal sxy = BigDecimal.ZERO;
        BigDecimal syy = BigDecimal.ZERO;
        for (int i = 0; i < x.size(); i++) {
            BigDecimal dx = x.get(i).subtract(meanX);
            BigDecimal dy = y.get(i).subtract(meanY);
            sxx = sxx.add(dx.multiply(dx));
            sxy = sxy.add(dx.multiply(dy));
            syy = syy.add(dy.multiply(dy));
        }
        BigDecimal slope = sxy.divide(sxx, DIGITS);
        BigDecimal intercept = meanY.subtract(slope.multiply(meanX));
        BigDecimal sse = BigDecimal.ZERO;
        for (int i = 0; i < x.size(); i++) {
            BigDecimal residual = y.get(i).subtract(intercept).subtract(slope.multiply(x.get(i)));
            sse = sse.add(residual.multiply(residual));
        }
        double stdErr = x.size() < 3
                ? Double.NaN
                : sse.divide(n.subtract(BigDecimal.valueOf(2)), DIGITS)
                        .divide(sxx, DIGITS)
                        .sqrt(DIGITS)
                        .doubleValue();
        double rSquared = syy.signum() == 0
                ? Double.NaN
                : BigDecimal.ONE.subtract(sse.divide(syy, DIGITS)).doubleValue();
        return new ExactRegression(
                slope.doubleValue(),
                intercept.doubleValue(),
                rSquared,
                stdErr,
                sse.divide(n, DIGITS).sqrt(DIGITS).doubleValue());
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
