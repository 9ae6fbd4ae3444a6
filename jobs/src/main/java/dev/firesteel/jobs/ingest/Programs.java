package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.schemas.Program;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs of one run of the job, each loaded once. */
final class Programs {
    private final Map<String, Program> byHash = new LinkedHashMap<>();
    private final Map<String, Object> byFile = new LinkedHashMap<>();

    /**
     * The row of the ELF at {@code file}.
     *
     * @throws Refused as {@code bad_elf}, again each time, when it cannot be loaded
     */
    Program add(String file, byte[] elf) throws Refused {
        Object known = byFile.computeIfAbsent(file, f -> load(f, elf));
        if (known instanceof Refused refused) {
            throw refused;
        }
        Program program = (Program) known;
        byHash.putIfAbsent(program.programHash(), program);
        return program;
    }

    private static Object load(String file, byte[] elf) {
        String base = file.substring(file.lastIndexOf('/') + 1);
        String name = base.endsWith(".elf") ? base.substring(0, base.length() - 4) : base;
        try {
            var loaded = dev.firesteel.riscv.Program.load(elf, name);
            return new Program(
                    loaded.hashHex(),
                    name,
                    elf,
                    Digests.sha256(elf),
                    elf.length,
                    loaded.entry(),
                    loaded.imageBytes(),
                    loaded.instructionCount(),
                    file,
                    Instant.now());
        } catch (ElfException e) {
            return new Refused("bad_elf", file + ": " + e.getMessage());
        }
    }

    /** One row per program hash, in the order of first use. */
    List<Program> rows() {
        return List.copyOf(byHash.values());
    }
}
