package dev.firesteel.riscv.asm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblerTest {
    private static final String GNU_AS = "riscv64-unknown-elf-as";

    /** One instruction with operands, as the assembler's methods see it. */
    private record Case(Op op, int rd, int rs1, int rs2, long imm) {
        int word() {
            return op.encode(rd, rs1, rs2, imm);
        }

        String text() {
            String name = op.mnemonic();
            return switch (op.format()) {
                case R -> "%s x%d,x%d,x%d".formatted(name, rd, rs1, rs2);
                case I, SHIFT32, SHIFT64 -> "%s x%d,x%d,%d".formatted(name, rd, rs1, imm);
                case LOAD -> "%s x%d,%d(x%d)".formatted(name, rd, imm, rs1);
                case STORE -> "%s x%d,%d(x%d)".formatted(name, rs2, imm, rs1);
                case BRANCH -> "%s x%d,x%d,.%+d".formatted(name, rs1, rs2, imm);
                case U -> "%s x%d,%d".formatted(name, rd, imm & 0xfffff);
                case J -> "%s x%d,.%+d".formatted(name, rd, imm);
                case NONE -> name;
            };
        }
    }

    private static List<Case> cases() {
        int[][] registers = {{1, 2, 3}, {31, 30, 29}, {0, 0, 0}, {16, 15, 8}, {10, 21, 10}};
        List<Case> cases = new ArrayList<>();
        for (Op op : Op.values()) {
            for (long imm : immediates(op.format())) {
                for (int[] r : registers) {
                    cases.add(new Case(op, r[0], r[1], r[2], imm));
                }
            }
        }
        return cases;
    }

    private static long[] immediates(Format format) {
        return switch (format) {
            case R, NONE -> new long[] {0};
            case I, LOAD, STORE -> new long[] {0, 1, -1, 2047, -2048, 0x555, -0x556};
            case SHIFT64 -> new long[] {0, 1, 31, 32, 42, 63};
            case SHIFT32 -> new long[] {0, 1, 21, 31};
            case BRANCH -> new long[] {0, 2, 4, -4, 4094, -4096, 0xaaa, -0xaaa, 2048};
            case U -> new long[] {0, 1, 0x7ffff, 0x80000, 0xfffff, 0x55555};
            case J -> new long[] {0, 2, 4, -4, 1048574, -1048576, 0xaaaaa, -0xaaaaa, 2048};
        };
    }

    @Test
    void encodesLikeTheGoldenWords() throws IOException {
        Set<Op> seen = new HashSet<>();
        for (String line : resource("golden-encodings.txt").split("\n")) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] f = line.split(" ");
            Op op = Op.valueOf(f[1]);
            int word = op.encode(
                    Integer.parseInt(f[2]), Integer.parseInt(f[3]), Integer.parseInt(f[4]), Long.parseLong(f[5]));
            assertEquals(f[0], "%08x".formatted(word), line);
            seen.add(op);
        }
        assertEquals(Op.values().length, seen.size(), "every instruction has a golden word");
    }

    @Test
    void encodesLikeTheGnuAssembler(@TempDir Path dir) throws Exception {
        assumeTrue(Tools.onPath(GNU_AS), "SKIPPED: " + GNU_AS + " is not installed");
        List<Case> cases = cases();
        String source = cases.stream().map(Case::text).collect(Collectors.joining("\n", "", "\n"));
        int[] expected = assembleByGnu(source, dir);
        assertEquals(cases.size(), expected.length);
        for (int i = 0; i < expected.length; i++) {
            Case c = cases.get(i);
            assertEquals("%08x".formatted(expected[i]), "%08x".formatted(c.word()), c.text());
        }
        // Rewrites the golden file on request: -Dfiresteel.golden=true
        if (Boolean.getBoolean("firesteel.golden")) {
            writeGolden(cases, expected);
        }
    }

    @Test
    void refusesOperandsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> Op.ADDI.encode(1, 1, 0, 2048));
        assertThrows(IllegalArgumentException.class, () -> Op.ADDI.encode(32, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Op.SLLIW.encode(1, 1, 0, 32));
        assertThrows(IllegalArgumentException.class, () -> Op.SLLI.encode(1, 1, 0, 64));
        assertThrows(IllegalArgumentException.class, () -> Op.BEQ.encode(0, 1, 0, 4096));
        assertThrows(IllegalArgumentException.class, () -> Op.BEQ.encode(0, 1, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> Op.JAL.encode(0, 0, 0, 1 << 20));
        Assembler asm = new Assembler();
        asm.j(asm.label());
        assertThrows(IllegalStateException.class, asm::words);
    }

    @Test
    void writesAnElfThatBinutilsReads(@TempDir Path dir) throws Exception {
        assumeTrue(
                Tools.onPath("riscv64-unknown-elf-readelf"), "SKIPPED: riscv64-unknown-elf-readelf is not installed");
        Assembler asm = new Assembler();
        asm.dword(1);
        asm.zeroFill(24);
        asm.halt(0);
        Path elf = Files.write(dir.resolve("a.elf"), asm.elf());
        String out = Tools.run("riscv64-unknown-elf-readelf", "-lhW", elf.toString());
        assertEquals(true, out.contains("EXEC (Executable file)"), out);
        assertEquals(
                true, out.matches("(?s).*LOAD +0x001000 0x0*100000 0x0*100000 0x00000c 0x00000c R E 0x1000.*"), out);
        assertEquals(
                true, out.matches("(?s).*LOAD +0x002000 0x0*200000 0x0*200000 0x000008 0x000020 RW +0x1000.*"), out);
    }

    private static int[] assembleByGnu(String source, Path dir) throws IOException, InterruptedException {
        Path s = Files.writeString(dir.resolve("a.s"), source);
        Path o = dir.resolve("a.o");
        // Without relaxation: a branch to ".+8" must stay what it is.
        Tools.run(GNU_AS, "-march=rv64im", "-mno-relax", "-o", o.toString(), s.toString());
        Path bin = dir.resolve("a.bin");
        Tools.run("riscv64-unknown-elf-objcopy", "-O", "binary", "-j", ".text", o.toString(), bin.toString());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(bin)).order(ByteOrder.LITTLE_ENDIAN);
        int[] words = new int[bytes.remaining() / 4];
        bytes.asIntBuffer().get(words);
        return words;
    }

    private static void writeGolden(List<Case> cases, int[] words) throws IOException {
        StringBuilder out = new StringBuilder("# word op rd rs1 rs2 imm; words by GNU as 2.40, -march=rv64im\n");
        for (int i = 0; i < words.length; i++) {
            Case c = cases.get(i);
            if (c.rd == 31 || c.rd == 10) {
                out.append("%08x %s %d %d %d %d%n".formatted(words[i], c.op, c.rd, c.rs1, c.rs2, c.imm));
            }
        }
        Path to = Path.of(System.getProperty("firesteel.basedir"), "src/test/resources/dev/firesteel/riscv/asm");
        Files.createDirectories(to);
        Files.writeString(to.resolve("golden-encodings.txt"), out);
    }

    private static String resource(String name) {
        try (var in = AssemblerTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
