package dev.firesteel.riscv.profile;

import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.Profile;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static Profile profile(Consumer<Assembler> body) throws Exception {
        Assembler a = new Assembler();
        body.accept(a);
        Program program = Program.load(a.elf(), "guest");
        ExecutionOptions options = ExecutionOptions.defaults().withProfile(true);
        ExecutionResult plain = Emulator.execute(program, new byte[0], options.withProfile(false), null);
        ExecutionResult result = Emulator.execute(program, new byte[0], options.withEngine(Engine.TRANSLATOR), null);
        assertNull(plain.profile());
        assertEquals(plain.statistics().cycles(), result.statistics().cycles());
        assertEquals(result.statistics().cycles(), result.profile().cycles());
        assertEquals(
                result.profile().cycles(),
                result.profile().nodes().stream()
                        .mapToLong(Profile.Node::cycles)
                        .sum());
        return result.profile();
    }

    /** Cycles by path, functions as hexadecimal addresses relative to the text's start. */
    private static Map<String, Long> paths(Profile profile) {
        Map<String, Long> paths = new TreeMap<>();
        for (Profile.Node node : profile.nodes()) {
            String path = "";
            for (Profile.Node n = node;
                    n != null;
                    n = n.parent() < 0 ? null : profile.nodes().get(n.parent())) {
                path = "/" + Long.toHexString(n.address() - Assembler.TEXT_BASE) + path;
            }
            paths.merge(path, node.cycles(), Long::sum);
        }
        return paths;
    }

    /** main calls f twice and g once; f calls g. */
    private static void nested(Assembler a) {
        Label f = a.label();
        Label g = a.label();
        a.jal(RA, f); // 0
        a.jal(RA, f); // 4
        a.jal(RA, g); // 8
        a.halt(0); // c, 10, 14
        a.bind(f); // 18
        a.mv(S0, RA);
        a.jal(RA, g);
        a.mv(RA, S0);
        a.ret();
        a.bind(g); // 28
        a.nop();
        a.ret();
    }

    @Test
    void cyclesGoToTheCallPath() throws Exception {
        Profile profile = profile(ProfileTest::nested);
        assertEquals(Map.of("/0", 6L, "/0/18", 8L, "/0/18/28", 4L, "/0/28", 2L), paths(profile));
        assertEquals("0x100018", profile.nodes().get(1).function());
    }

    @Test
    void theAlternateLinkRegisterCallsAndReturnsToo() throws Exception {
        Profile profile = profile(a -> {
            Label save = a.label();
            a.jal(T0, save); // 0
            a.halt(0); // 4, 8, c
            a.bind(save); // 10
            a.nop();
            a.jalr(ZERO, 0, T0);
        });
        assertEquals(Map.of("/0", 4L, "/0/10", 2L), paths(profile));
    }

    @Test
    void recursionDeeperThanTheStackIsStillCounted() throws Exception {
        Profile profile = profile(a -> {
            Label recurse = a.label();
            Label out = a.label();
            a.li(S0, 20_000);
            a.jal(RA, recurse);
            a.halt(0);
            a.bind(recurse);
            a.addi(SP, SP, -8);
            a.sd(RA, 0, SP);
            a.addi(S0, S0, -1);
            a.beq(S0, ZERO, out);
            a.jal(RA, recurse);
            a.bind(out);
            a.ld(RA, 0, SP);
            a.addi(SP, SP, 8);
            a.ret();
        });
        assertTrue(profile.nodes().size() > 4000);
        assertTrue(profile.nodes().size() < 5000);
    }

    /** A protobuf message: field number to its values, numbers or bytes, in order. */
    private static Map<Integer, List<Object>> parse(byte[] message) {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value;
            if ((tag & 7) == 0) {
                value = varint(in);
            } else {
                assertEquals(2, tag & 7);
                byte[] bytes = new byte[(int) varint(in)];
                in.get(bytes);
                value = bytes;
            }
            fields.computeIfAbsent((int) (tag >>> 3), f -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    private static Map<Integer, List<Object>> child(Object message) {
        return parse((byte[]) message);
    }

    @Test
    void pprofFileDecodesToTheSamePaths() throws Exception {
        Profile profile = profile(ProfileTest::nested);
        byte[] file = PprofWriter.write(profile);
        assertArrayEquals(file, PprofWriter.write(profile));
        Map<Integer, List<Object>> root;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(file))) {
            root = parse(gzip.readAllBytes());
        }
        List<String> strings =
                root.get(6).stream().map(s -> new String((byte[]) s)).toList();
        assertEquals("", strings.get(0));
        Map<Integer, List<Object>> type = child(root.get(1).get(0));
        assertEquals("cycles", strings.get((int) (long) type.get(1).get(0)));
        assertEquals("count", strings.get((int) (long) type.get(2).get(0)));

        Map<Long, String> functions = new TreeMap<>();
        root.get(5)
                .forEach(f -> functions.put((Long) child(f).get(1).get(0), strings.get((int)
                        (long) child(f).get(2).get(0))));
        Map<Long, String> locations = new TreeMap<>();
        root.get(4)
                .forEach(l -> locations.put((Long) child(l).get(1).get(0), functions.get((Long)
                        child(child(l).get(4).get(0)).get(1).get(0))));
        assertEquals(1, root.get(3).size());

        Map<String, Long> paths = new TreeMap<>();
        for (Object sample : root.get(2)) {
            String path = "";
            for (Object location : child(sample).get(1)) {
                long address = Long.decode(locations.get((Long) location));
                path = "/" + Long.toHexString(address - Assembler.TEXT_BASE) + path;
            }
            paths.put(path, (Long) child(sample).get(2).get(0));
        }
        assertEquals(paths(profile), paths);
    }

    @Test
    void speedscopeFileHasTheSamePaths() throws Exception {
        Profile profile = profile(ProfileTest::nested);
        JsonNode root = new ObjectMapper().readTree(SpeedscopeWriter.write(profile));
        JsonNode sampled = root.get("profiles").get(0);
        Map<String, Long> paths = new TreeMap<>();
        for (int i = 0; i < sampled.get("samples").size(); i++) {
            StringBuilder path = new StringBuilder();
            for (JsonNode frame : sampled.get("samples").get(i)) {
                String name = root.get("shared")
                        .get("frames")
                        .get(frame.asInt())
                        .get("name")
                        .asText();
                path.append('/').append(Long.toHexString(Long.decode(name) - Assembler.TEXT_BASE));
            }
            paths.put(path.toString(), sampled.get("weights").get(i).asLong());
        }
        assertEquals(paths(profile), paths);
        assertEquals(profile.cycles(), sampled.get("endValue").asLong());
        assertEquals("sampled", sampled.get("type").asText());
    }
}
