package dev.firesteel.riscv;

import static dev.firesteel.riscv.TestElf.HALT;
import static dev.firesteel.riscv.TestElf.R;
import static dev.firesteel.riscv.TestElf.TEXT;
import static dev.firesteel.riscv.TestElf.W;
import static dev.firesteel.riscv.TestElf.X;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElfLoaderTest {
    private static final byte[] DATA = {1, 2, 3};

    private static Arguments refused(String what, ElfError error, TestElf elf) {
        return Arguments.of(what, error, elf.bytes());
    }

    private static TestElf minimal() {
        return TestElf.minimal();
    }

    /** A minimal ELF with a second, writable segment. */
    private static TestElf withData(long address, long memorySize) {
        return minimal().segment(R | W, address, DATA, memorySize);
    }

    static Stream<Arguments> broken() {
        byte[] good = minimal().bytes();
        Stream<Arguments> files = Stream.of(
                Arguments.of("empty file", ElfError.TRUNCATED_HEADER, new byte[0]),
                Arguments.of("63 bytes", ElfError.TRUNCATED_HEADER, Arrays.copyOf(good, 63)),
                Arguments.of("text file", ElfError.BAD_MAGIC, new byte[] {'h', 'e', 'l', 'l', 'o'}),
                Arguments.of("cut segment", ElfError.SEGMENT_OUT_OF_FILE, Arrays.copyOf(good, 0x1004)));
        Stream<Arguments> header = Stream.of(
                refused("magic", ElfError.BAD_MAGIC, minimal().patch(b -> b.put(3, (byte) 'G'))),
                refused("32 bit", ElfError.NOT_64_BIT, minimal().patch(b -> b.put(4, (byte) 1))),
                refused("big endian", ElfError.NOT_LITTLE_ENDIAN, minimal().patch(b -> b.put(5, (byte) 2))),
                refused("EI_VERSION", ElfError.BAD_VERSION, minimal().patch(b -> b.put(6, (byte) 0))),
                refused("e_version", ElfError.BAD_VERSION, minimal().patch(b -> b.putInt(20, 2))),
                refused("x86-64", ElfError.NOT_RISCV, minimal().patch(b -> b.putShort(18, (short) 62))),
                refused("object file", ElfError.NOT_EXECUTABLE, minimal().patch(b -> b.putShort(16, (short) 1))),
                refused("PIE", ElfError.NOT_EXECUTABLE, minimal().patch(b -> b.putShort(16, (short) 3))),
                refused("no headers", ElfError.NO_PROGRAM_HEADERS, minimal().patch(b -> b.putShort(56, (short) 0))),
                refused(
                        "65 headers",
                        ElfError.TOO_MANY_PROGRAM_HEADERS,
                        minimal().patch(b -> b.putShort(56, (short) 65))),
                refused("PN_XNUM", ElfError.TOO_MANY_PROGRAM_HEADERS, minimal().patch(b -> b.putShort(56, (short) -1))),
                refused(
                        "phentsize",
                        ElfError.BAD_PROGRAM_HEADER_SIZE,
                        minimal().patch(b -> b.putShort(54, (short) 32))),
                refused(
                        "phoff at end",
                        ElfError.PROGRAM_HEADERS_OUT_OF_FILE,
                        minimal().patch(b -> b.putLong(32, b.capacity() - 55))),
                refused(
                        "phoff overflow",
                        ElfError.PROGRAM_HEADERS_OUT_OF_FILE,
                        minimal().patch(b -> b.putLong(32, Long.MAX_VALUE - 8))),
                refused(
                        "phoff negative",
                        ElfError.PROGRAM_HEADERS_OUT_OF_FILE,
                        minimal().patch(b -> b.putLong(32, -64))));
        Stream<Arguments> segments = Stream.of(
                refused("interpreter", ElfError.DYNAMIC, minimal().header(h -> h.type = 3)),
                refused("dynamic", ElfError.DYNAMIC, minimal().header(h -> h.type = 2)),
                refused("nothing to load", ElfError.NO_LOADABLE_SEGMENT, new TestElf().header(h -> h.type = 4)),
                refused("filesz > memsz", ElfError.FILE_SIZE_EXCEEDS_MEMORY_SIZE, withData(0x20_0000, 2)),
                refused(
                        "huge filesz",
                        ElfError.FILE_SIZE_EXCEEDS_MEMORY_SIZE,
                        minimal().segment(R, 0x20_0000, DATA, 3, h -> h.fileSize = -1)),
                refused(
                        "offset overflow",
                        ElfError.SEGMENT_OUT_OF_FILE,
                        minimal().segment(R, 0x20_0000, DATA, 3, h -> h.offset = Long.MAX_VALUE)),
                refused(
                        "offset negative",
                        ElfError.SEGMENT_OUT_OF_FILE,
                        minimal().segment(R, 0x20_0000, DATA, 3, h -> h.offset = -4096)),
                refused(
                        "filesz and memsz of 2^63",
                        ElfError.SEGMENT_OUT_OF_FILE,
                        minimal().segment(R, 0x20_0000, DATA, Long.MIN_VALUE, h -> h.fileSize = Long.MIN_VALUE)),
                refused("align 3", ElfError.BAD_ALIGNMENT, minimal().segment(R, 0x20_0000, DATA, 3, h -> h.align = 3)),
                refused(
                        "offset not congruent",
                        ElfError.MISALIGNED_SEGMENT,
                        minimal().segment(R, 0x20_0000, DATA, 3, h -> h.address += 8)),
                refused("beyond 4 GiB", ElfError.SEGMENT_OUT_OF_ADDRESS_SPACE, withData(1L << 32, 3)),
                refused("across 4 GiB", ElfError.SEGMENT_OUT_OF_ADDRESS_SPACE, withData(0xFFFF_F000L, 0x1001)),
                refused("negative address", ElfError.SEGMENT_OUT_OF_ADDRESS_SPACE, withData(-4096, 3)),
                refused("memsz of 2^64 - 1", ElfError.SEGMENT_OUT_OF_ADDRESS_SPACE, withData(0x20_0000, -1)),
                refused("null guard", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0, 3)),
                refused("end of null guard", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0xFFF, 3)),
                refused("into input", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0xBFFF_F000L, 0x1001)),
                refused("input", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0xD000_0000L, 3)),
                refused("stack guard", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0xE000_0000L, 3)),
                refused("top of stack", ElfError.SEGMENT_IN_RESERVED_REGION, withData(0xEFFF_F000L, 3)),
                refused(
                        "over input and stack",
                        ElfError.SEGMENT_IN_RESERVED_REGION,
                        withData(0xB000_0000L, 0x4800_0000L)),
                refused("image of 1 GiB and a page", ElfError.IMAGE_TOO_LARGE, withData(0x20_0000, 1L << 30)),
                refused(
                        "32 MiB of code and 8 bytes",
                        ElfError.CODE_TOO_LARGE,
                        minimal().segment(X, 0x20_0000, HALT, 1L << 25)),
                refused("rwx", ElfError.WRITABLE_AND_EXECUTABLE, minimal().segment(R | W | X, 0x20_0000, HALT, 8)),
                refused("wx", ElfError.WRITABLE_AND_EXECUTABLE, minimal().segment(W | X, 0x20_0000, HALT, 8)),
                refused("same place", ElfError.OVERLAPPING_SEGMENTS, withData(TEXT, 3)),
                refused("one byte shared", ElfError.OVERLAPPING_SEGMENTS, withData(TEXT + 7, 3)),
                refused("inside", ElfError.OVERLAPPING_SEGMENTS, withData(TEXT - 0x1000, 0x3000)),
                refused(
                        "entry not aligned",
                        ElfError.MISALIGNED_ENTRY,
                        minimal().entry(TEXT + 2)),
                refused(
                        "entry behind code",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        minimal().entry(TEXT + 8)),
                refused(
                        "entry before code",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        minimal().entry(TEXT - 4)),
                refused("entry 0", ElfError.ENTRY_NOT_EXECUTABLE, minimal().entry(0)),
                refused(
                        "entry negative",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        minimal().entry(-8)),
                refused(
                        "entry in data",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        withData(0x20_0000, 64).entry(0x20_0000)),
                refused(
                        "entry in read-only data",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        new TestElf().segment(R, TEXT, HALT, 8)),
                refused(
                        "entry in last two bytes",
                        ElfError.ENTRY_NOT_EXECUTABLE,
                        new TestElf()
                                .segment(R | X, TEXT, Arrays.copyOf(HALT, 6), 6)
                                .entry(TEXT + 4)));
        return Stream.of(files, header, segments).flatMap(s -> s);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("broken")
    void refuses(String what, ElfError error, byte[] elf) {
        ElfException refusal = assertThrows(ElfException.class, () -> Program.load(elf, what));
        assertEquals(error, refusal.error(), refusal.getMessage());
        assertTrue(refusal.getMessage().startsWith(error + ": "), refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("; " + error.hint()), refusal.getMessage());
    }

    @Test
    void everyRuleHasATest() {
        Set<ElfError> tested = broken().map(a -> (ElfError) a.get()[1]).collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(ElfError.class), tested);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("minimal", minimal()),
                Arguments.of("empty PT_LOAD at 0, even if absurd", minimal().header(h -> {
                    h.flags = R | W | X;
                    h.fileSize = 99;
                    h.align = 3;
                    h.offset = -1;
                })),
                Arguments.of(
                        "notes and stack flags",
                        minimal().header(h -> h.type = 4).header(h -> h.type = 0x6474e551)),
                Arguments.of("execute only", new TestElf().segment(X, TEXT, HALT, 8)),
                Arguments.of("any e_flags", minimal().patch(b -> b.putInt(48, -1))),
                Arguments.of("alignment 0", minimal().segment(R, 0x20_0000, DATA, 3, h -> {
                    h.align = 0;
                    h.address += 1;
                })),
                Arguments.of("alignment 1", minimal().segment(R, 0x20_0000, DATA, 3, h -> {
                    h.align = 1;
                    h.address += 1;
                })),
                Arguments.of("touching segments", withData(TEXT + 8, 3)),
                Arguments.of("above the stack", withData(0xF000_0000L, 0x1000)),
                Arguments.of("up to 4 GiB", withData(0xFFFF_F000L, 0x1000)),
                Arguments.of("up to the input", withData(0xBFFF_F000L, 0x1000)),
                Arguments.of("from the null guard's end", withData(0x1000, 0x10)),
                Arguments.of(
                        "broken section headers",
                        minimal().patch(b -> b.putLong(40, Long.MAX_VALUE).putShort(60, (short) 7))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void loadsAndRuns(String what, TestElf elf) throws Exception {
        Program program = Program.load(elf.bytes(), what);
        ExecutionResult result = Emulator.execute(program, new byte[0], ExecutionOptions.defaults(), null);
        assertTrue(result.success(), result.toString());
        assertEquals(2, result.statistics().cycles());
    }

    @Test
    void hashDependsOnTheLoadedImageAlone() throws Exception {
        byte[] reference = load(withData(0x20_0000, 64)).hash();
        TestElf zerosInFile = minimal().segment(R | W, 0x20_0000, Arrays.copyOf(DATA, 40), 64);
        TestElf elsewhere = new TestElf()
                .segment(R | W, 0x20_0000, DATA, 64)
                .segment(R | X, TEXT, HALT, 8)
                .header(h -> h.type = 4);
        assertArrayEquals(reference, load(zerosInFile).hash());
        assertArrayEquals(reference, load(elsewhere).hash());
        assertArrayEquals(
                reference,
                load(withData(0x20_0000, 64).symbol("main", TEXT, 8, 2)).hash());
        assertArrayEquals(
                reference,
                load(withData(0x20_0000, 64).patch(b -> b.putLong(40, 99).putShort(60, (short) 9)))
                        .hash());
        assertArrayEquals(
                reference,
                load(withData(0x20_0000, 64).patch(b -> b.putInt(48, 5))).hash());
    }

    @Test
    void hashChangesWithEverythingThatIsLoaded() throws Exception {
        Set<String> hashes = Stream.of(
                        withData(0x20_0000, 64),
                        withData(0x20_0000, 65),
                        withData(0x20_1000, 64),
                        withData(0x20_0000, 64).entry(TEXT + 4),
                        minimal().segment(R, 0x20_0000, DATA, 64),
                        minimal().segment(R | W, 0x20_0000, new byte[] {1, 2, 4}, 64),
                        minimal())
                .map(elf -> {
                    try {
                        return load(elf).hashHex();
                    } catch (ElfException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toSet());
        assertEquals(7, hashes.size());
    }

    @Test
    void knownHash() throws Exception {
        // Changes only together with the domain label: verifying keys will hang on it.
        assertEquals(
                "5eedc6f057baed0d38120f92ac5c399f3784dd2faa10a98bca75d1458092091a",
                load(minimal()).hashHex());
    }

    @Test
    void readsFunctionSymbols() throws Exception {
        SymbolTable symbols = load(minimal()
                        .symbol("label", TEXT, 0, 0)
                        .symbol("main", TEXT, 4, 2)
                        .symbol("$x", TEXT + 4, 0, 0)
                        .symbol("halt", TEXT + 4, 0, 2)
                        .symbol("data", 0x20_0000, 8, 2))
                .symbols();
        assertEquals(2, symbols.size());
        assertEquals("0x00100000 <main>", symbols.describe(TEXT));
        assertEquals("0x00100006 <halt+2>", symbols.describe(TEXT + 6));
        assertEquals("0x00100008", symbols.describe(TEXT + 8));
    }

    @Test
    void theCallersArrayIsNotKept() throws Exception {
        byte[] file = minimal().bytes();
        Program program = Program.load(file, "copy");
        String hash = program.hashHex();
        Arrays.fill(file, (byte) -1);
        program.hash()[0] ^= 1;
        assertEquals(hash, program.hashHex());
        assertArrayEquals(HALT, program.segments().get(0).fileBytes());
    }

    private static Program load(TestElf elf) throws ElfException {
        return Program.load(elf.bytes(), "test");
    }
}
