package dev.firesteel.riscv;

import dev.firesteel.riscv.SymbolTable.Symbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads function names from {@code .symtab}, if there is one that makes sense. Section headers are no part of the machine's
 * contract: whatever is broken here yields fewer names, never an error.
 */
final class ElfSymbols {
    private static final int SECTION_HEADER_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;
    private static final int SHT_SYMTAB = 2;
    private static final int STT_NOTYPE = 0;
    private static final int STT_FUNC = 2;
    private static final int MAX_SYMBOLS = 1 << 20;
    private static final int MAX_NAME_BYTES = 4096;
    /** Names may overlap in the file, so their sum is bounded apart from the file's size. */
    private static final int MAX_ALL_NAME_BYTES = 1 << 26;

    private record Section(int type, long offset, long size, int link) {}

    /** A candidate: functions win over bare labels at the same address, then the smaller name. */
    private record Candidate(long address, long size, boolean function, String name) {}

    private ElfSymbols() {}

    /** The functions of {@code file} that start inside an executable one of {@code segments}. */
    static SymbolTable read(byte[] file, List<ImageSegment> segments) {
        ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long table = elf.getLong(40);
        int entrySize = elf.getShort(58) & 0xFFFF;
        int count = elf.getShort(60) & 0xFFFF;
        if (entrySize != SECTION_HEADER_BYTES || !inside(file, table, (long) count * SECTION_HEADER_BYTES)) {
            return SymbolTable.EMPTY;
        }
        for (int i = 0; i < count; i++) {
            Section section = section(elf, table, i);
            if (section.type() == SHT_SYMTAB && section.link() >= 0 && section.link() < count) {
                Section names = section(elf, table, section.link());
                if (inside(file, section.offset(), section.size()) && inside(file, names.offset(), names.size())) {
                    return table(candidates(file, elf, section, names, segments), segments);
                }
            }
        }
        return SymbolTable.EMPTY;
    }

    private static Section section(ByteBuffer elf, long table, int index) {
        int at = (int) table + index * SECTION_HEADER_BYTES;
        return new Section(elf.getInt(at + 4), elf.getLong(at + 24), elf.getLong(at + 32), elf.getInt(at + 40));
    }

    private static boolean inside(byte[] file, long offset, long size) {
        return offset >= 0 && size >= 0 && size <= file.length && offset <= file.length - size;
    }

    private static List<Candidate> candidates(
            byte[] file, ByteBuffer elf, Section symbols, Section names, List<ImageSegment> segments) {
        List<Candidate> found = new ArrayList<>();
        long count = Math.min(symbols.size() / SYMBOL_BYTES, MAX_SYMBOLS);
        int room = MAX_ALL_NAME_BYTES;
        for (int i = 0; i < count && room > 0; i++) {
            int at = (int) symbols.offset() + i * SYMBOL_BYTES;
            int type = elf.get(at + 4) & 0xF;
            boolean defined = elf.getShort(at + 6) != 0;
            long address = elf.getLong(at + 8);
            if (defined && (type == STT_FUNC || type == STT_NOTYPE) && codeEnd(segments, address) != 0) {
                String name = name(file, names, elf.getInt(at) & 0xFFFF_FFFFL);
                // Mapping symbols ($x, $d) and local labels (.L…) are no functions.
                room -= name.length();
                if (!name.isEmpty() && !name.startsWith("$") && !name.startsWith(".L")) {
                    found.add(new Candidate(address, Math.max(0, elf.getLong(at + 16)), type == STT_FUNC, name));
                }
            }
        }
        found.sort(Comparator.comparingLong(Candidate::address)
                .thenComparing(c -> !c.function())
                .thenComparing(Candidate::name));
        return found;
    }

    private static SymbolTable table(List<Candidate> sorted, List<ImageSegment> segments) {
        List<Candidate> distinct = new ArrayList<>();
        for (Candidate candidate : sorted) {
            if (distinct.isEmpty() || distinct.get(distinct.size() - 1).address() != candidate.address()) {
                distinct.add(candidate);
            }
        }
        List<Symbol> symbols = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            Candidate candidate = distinct.get(i);
            long end = codeEnd(segments, candidate.address());
            if (i + 1 < distinct.size()) {
                end = Math.min(end, distinct.get(i + 1).address());
            }
            long room = end - candidate.address();
            // Hand-written assembly often states no size: it then reaches the next symbol.
            long size = candidate.size() == 0 ? room : Math.min(candidate.size(), room);
            symbols.add(new Symbol(candidate.address(), size, candidate.name()));
        }
        return new SymbolTable(symbols);
    }

    /** End of the executable segment that holds {@code address}, 0 when none does. */
    private static long codeEnd(List<ImageSegment> segments, long address) {
        for (ImageSegment segment : segments) {
            if (segment.executable() && address >= segment.address() && address < segment.end()) {
                return segment.end();
            }
        }
        return 0;
    }

    private static String name(byte[] file, Section names, long index) {
        if (index >= names.size()) {
            return "";
        }
        int from = (int) (names.offset() + index);
        int limit = (int) Math.min(names.offset() + names.size(), (long) from + MAX_NAME_BYTES);
        int to = from;
        while (to < limit && file[to] != 0) {
            to++;
        }
        return new String(file, from, to - from, StandardCharsets.UTF_8);
    }
}
