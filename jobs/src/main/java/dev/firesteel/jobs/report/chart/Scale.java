package dev.firesteel.jobs.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;

/** How numbers are written on plots and in tables, in one locale on every machine. */
public final class Scale {
    private Scale() {}

    /**
     * Three or so significant digits for a reader: {@code 0.0378}, {@code 32.4}, {@code 1,566}, {@code 3.9e-7}.
     *
     * @param value any number
     * @return {@code –} for NaN
     */
    public static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        double magnitude = Math.abs(value);
        if (magnitude < 1e-4 || magnitude >= 1e12) {
            return pattern("0." + "#".repeat(digits - 1) + "E0").format(value).replace("E", "e");
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        int decimals = Math.max(0, rounded.scale());
        return pattern("#,##0." + "#".repeat(Math.max(1, decimals))).format(rounded);
    }

    /** Whole numbers with thousands separators. */
    public static String whole(long value) {
        return pattern("#,##0").format(value);
    }

    /** The unit prefix in which a largest value is easy to read: "", thousand, million, thousand million. */
    static Prefix prefixFor(double largest) {
        if (largest >= 2e9) {
            return new Prefix(1e9, "×10⁹ ");
        }
        if (largest >= 2e6) {
            return new Prefix(1e6, "million ");
        }
        if (largest >= 2e4) {
            return new Prefix(1e3, "thousand ");
        }
        return new Prefix(1, "");
    }

    record Prefix(double divisor, String word) {}

    /** Formats the logarithm of a value over {@code 10^decade} as the value: ticks of an axis that shows log10. */
    static NumberFormat powersOfTen(double decade) {
        return new NumberFormat() {
            private static final long serialVersionUID = 1L;

            @Override
            public StringBuffer format(double logarithm, StringBuffer to, FieldPosition position) {
                return to.append(significant(Math.pow(10, decade + logarithm), 2));
            }

            @Override
            public StringBuffer format(long logarithm, StringBuffer to, FieldPosition position) {
                return format((double) logarithm, to, position);
            }

            @Override
            public Number parse(String source, ParsePosition position) {
                throw new UnsupportedOperationException("axis labels are only written");
            }
        };
    }

    static NumberFormat plain() {
        return pattern("#,##0.######");
    }

    private static DecimalFormat pattern(String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }
}
