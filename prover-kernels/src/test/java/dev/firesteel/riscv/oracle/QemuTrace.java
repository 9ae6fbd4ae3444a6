package dev.firesteel.riscv.oracle;

import dev.firesteel.riscv.asm.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The registers before every instruction of a program, as qemu-user executed it.
 *
 * @param states {@code states[i][0]} is the pc, {@code states[i][r]} register r
 * @param exitStatus what Linux reports: the low 8 bits of the exit code
 */
record QemuTrace(List<long[]> states, int exitStatus) {
    static final String QEMU = "qemu-riscv64";

    static boolean available() {
        return Tools.onPath(QEMU);
    }

    /** Executes one ELF under qemu; {@code dir} takes the ELF and the log. */
    static QemuTrace of(byte[] elf, Path dir) throws IOException, InterruptedException {
        Path file = Files.write(dir.resolve("program.elf"), elf);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        Path log = dir.resolve("qemu.log");
        Process process = new ProcessBuilder(
                        QEMU,
                        oneInstructionPerBlock(),
                        "-d",
                        "nochain,cpu",
                        "-D",
                        log.toString(),
                        "-cpu",
                        "rv64,c=false",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("qemu.out").toFile())
                .start();
        int status = process.waitFor();
        return new QemuTrace(parse(log), status);
    }

    /** qemu 8.1 renamed the option. */
    private static String oneInstructionPerBlock() throws IOException, InterruptedException {
        return Tools.run(QEMU, "-h").contains("-one-insn-per-tb") ? "-one-insn-per-tb" : "-singlestep";
    }

    private static List<long[]> parse(Path log) throws IOException {
        List<long[]> states = new ArrayList<>();
        long[] current = null;
        try (BufferedReader in = Files.newBufferedReader(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] fields = line.trim().split("\\s+");
                if (fields[0].equals("pc")) {
                    current = new long[32];
                    current[0] = Long.parseUnsignedLong(fields[1], 16);
                    states.add(current);
                } else if (current != null && fields[0].startsWith("x")) {
                    for (int i = 0; i + 1 < fields.length; i += 2) {
                        int register = Integer.parseInt(fields[i].substring(1, fields[i].indexOf('/')));
                        if (register != 0) {
                            current[register] = Long.parseUnsignedLong(fields[i + 1], 16);
                        }
                    }
                }
            }
        }
        return states;
    }
}
