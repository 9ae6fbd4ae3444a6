package dev.firesteel.riscv;

import java.util.Locale;

/** Prints what the loader found in a program. */
public final class ElfInspector {
    private static final int LARGEST_FUNCTIONS = 10;

    private ElfInspector() {}

    /** Several lines for people: hash, entry, segments, symbols. Ends with a line break; the layout is no interface. */
    public static String render(Program program) {
        StringBuilder text = new StringBuilder();
        line(text, "program       %s", program.name());
        line(text, "hash          %s", program.hashHex());
        line(text, "entry         %s", program.symbols().describe(program.entry()));
        line(
                text,
                "image         %d bytes in %d segments",
                program.imageBytes(),
                program.segments().size());
        line(text, "instructions  %d", program.instructionCount());
        line(text, "symbols       %d functions", program.symbols().size());
        line(text, "");
        line(text, "%-22s  %5s  %12s  %12s", "segment", "flags", "memory bytes", "file bytes");
        for (ImageSegment segment : program.segments()) {
            line(
                    text,
                    "0x%08x-0x%08x  %-5s  %12d  %12d",
                    segment.address(),
                    segment.end(),
                    segment.flagText(),
                    segment.memorySize(),
                    segment.fileSize());
        }
        if (program.symbols().size() > 0) {
            line(text, "");
            line(text, "%-12s  %8s  %s", "function at", "bytes", "largest functions");
            program.symbols().symbols().stream()
                    .sorted((a, b) -> Long.compare(b.size(), a.size()))
                    .limit(LARGEST_FUNCTIONS)
                    .forEach(s -> line(text, "0x%08x    %8d  %s", s.address(), s.size(), s.name()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
