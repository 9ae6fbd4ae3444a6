package dev.firesteel.riscv.profile;

import dev.firesteel.riscv.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes {@code profile.proto}, gzipped. Source: github.com/google/pprof, {@code proto/profile.proto}; field numbers are the ones there.
 * Equal profiles give equal bytes: no times enter.
 */
public final class PprofWriter {
    private static final int PROFILE_SAMPLE_TYPE = 1;
    private static final int PROFILE_SAMPLE = 2;
    private static final int PROFILE_MAPPING = 3;
    private static final int PROFILE_LOCATION = 4;
    private static final int PROFILE_FUNCTION = 5;
    private static final int PROFILE_STRING_TABLE = 6;
    private static final int PROFILE_PERIOD_TYPE = 11;
    private static final int PROFILE_PERIOD = 12;

    private final Profile profile;
    private final Map<String, Integer> strings = new LinkedHashMap<>();
    /** Function address to id; a location has the id of its function. */
    private final Map<Long, Integer> functions = new LinkedHashMap<>();

    private PprofWriter(Profile profile) {
        this.profile = profile;
    }

    /** The file's bytes. */
    public static byte[] write(Profile profile) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
            gzip.write(new PprofWriter(profile).message().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return file.toByteArray();
    }

    private ProtoWriter message() {
        string("");
        ProtoWriter out = new ProtoWriter();
        out.message(PROFILE_SAMPLE_TYPE, cyclesType());
        List<Profile.Node> nodes = profile.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).cycles() > 0) {
                out.message(PROFILE_SAMPLE, sample(i));
            }
        }
        out.message(
                PROFILE_MAPPING,
                new ProtoWriter()
                        .number(1, 1)
                        .number(5, string(profile.programName()))
                        .number(7, 1));
        functions.forEach((address, id) -> {
            ProtoWriter line = new ProtoWriter().number(1, id);
            ProtoWriter location = new ProtoWriter().number(1, id).number(2, 1).number(3, address);
            out.message(PROFILE_LOCATION, location.message(4, line));
        });
        Map<Long, String> names = new LinkedHashMap<>();
        nodes.forEach(node -> names.putIfAbsent(node.address(), node.function()));
        functions.forEach((address, id) -> {
            int name = string(names.get(address));
            out.message(
                    PROFILE_FUNCTION,
                    new ProtoWriter().number(1, id).number(2, name).number(3, name));
        });
        out.message(PROFILE_PERIOD_TYPE, cyclesType()).number(PROFILE_PERIOD, 1);
        strings.keySet().forEach(s -> out.text(PROFILE_STRING_TABLE, s));
        return out;
    }

    private ProtoWriter cyclesType() {
        return new ProtoWriter().number(1, string("cycles")).number(2, string("count"));
    }

    /** Locations from the leaf to the root, then the value. */
    private ProtoWriter sample(int index) {
        ProtoWriter sample = new ProtoWriter();
        for (int i = index; i >= 0; i = profile.nodes().get(i).parent()) {
            long address = profile.nodes().get(i).address();
            Integer id = functions.get(address);
            if (id == null) {
                id = functions.size() + 1;
                functions.put(address, id);
            }
            sample.number(1, id);
        }
        return sample.number(2, profile.nodes().get(index).cycles());
    }

    private int string(String text) {
        Integer index = strings.get(text);
        if (index == null) {
            index = strings.size();
            strings.put(text, index);
        }
        return index;
    }
}
