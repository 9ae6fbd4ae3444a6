package dev.firesteel.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as an option takes it and a message tells it: {@code 1048576}, {@code 1024k}, {@code 1m}; units are powers of 1024. */
public final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})([kKmMgG]?)(?:i?[bB])?");
    private static final String UNITS = "kmg";

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            long number = Long.parseLong(form.group(1));
            int shift = form.group(2).isEmpty()
                    ? 0
                    : 10 * (UNITS.indexOf(Character.toLowerCase(form.group(2).charAt(0))) + 1);
            if (number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw new TypeConversionException("'" + text + "' is no number of bytes; write one such as 512m or 2g");
    }

    /** The largest unit in which {@code bytes} is whole, such as {@code 2g}. */
    public static String text(long bytes) {
        int unit = 0;
        long rest = bytes;
        while (unit < UNITS.length() && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return rest + (unit == 0 ? "" : UNITS.substring(unit - 1, unit));
    }
}
