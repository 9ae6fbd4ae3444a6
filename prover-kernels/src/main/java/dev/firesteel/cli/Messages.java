package dev.firesteel.cli;

/** Messages of others, for use within one line of ours. */
public final class Messages {
    private Messages() {}

    /** The first line of what {@code e} says, the name of its class when it says nothing. */
    public static String firstLine(Throwable e) {
        String line = e.getMessage() == null ? "" : firstLine(e.getMessage());
        return line.isEmpty() ? e.getClass().getSimpleName() : line;
    }

    /** The first line of {@code text} that is not blank, empty when there is none. */
    public static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
