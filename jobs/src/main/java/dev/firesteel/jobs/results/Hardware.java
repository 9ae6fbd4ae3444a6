package dev.firesteel.jobs.results;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firesteel.jobs.spark.Environments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine as {@code hardware.json} tells of it.
 *
 * @param cpuModel CPU model; null when not told
 * @param totalRamGib memory, GiB; null when not told
 * @param gpuModels GPU models, one entry a GPU, sorted
 * @param fingerprint identity of the machine, 64 hex digits: that of {@link Environments#fingerprint}, so imported rows and
 *     our own of the same hardware meet
 */
record Hardware(String cpuModel, Long totalRamGib, List<String> gpuModels, String fingerprint) {
    private static final int MAX_GPUS = 1024;

    Hardware(String cpuModel, Long totalRamGib, List<String> gpuModels) {
        this(cpuModel, totalRamGib, gpuModels, fingerprint(cpuModel, totalRamGib, gpuModels));
    }

    /** An unknown memory or CPU is part of the identity as 0 and as nothing. */
    private static String fingerprint(String cpuModel, Long totalRamGib, List<String> gpuModels) {
        return Environments.fingerprint(
                cpuModel == null ? "" : cpuModel, (totalRamGib == null ? 0 : totalRamGib) << 30, gpuModels);
    }

    /** The bytes of {@code hardware.json}. */
    byte[] bytes() {
        JsonText json = new JsonText(256);
        json.open();
        json.memberIfPresent("cpu_model", cpuModel);
        json.memberIfPresent("total_ram_gib", totalRamGib);
        json.objects("gpus", "model", gpuModels);
        json.close();
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a {@code hardware.json}, or the member {@code hardware} of a {@code metadata.json}; null when it has neither. */
    static Hardware read(byte[] content) throws BadResultException {
        if (content.length == 0) {
            throw new BadResultException(QuarantineClass.SIDECAR, "the file has no bytes");
        }
        try (JsonParser parser = ResultReader.FACTORY.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadResultException(QuarantineClass.SIDECAR, "not an object");
            }
            return object(parser);
        } catch (IOException e) {
            throw new BadResultException(QuarantineClass.SIDECAR, ResultReader.firstLine(e));
        }
    }

    private static Hardware object(JsonParser parser) throws IOException, BadResultException {
        String cpu = null;
        Long ram = null;
        List<String> gpus = new ArrayList<>();
        Hardware inner = null;
        boolean any = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("cpu_model") && value == JsonToken.VALUE_STRING) {
                cpu = Strings.wellFormed(parser.getText(), "/cpu_model");
                any = true;
            } else if (name.equals("total_ram_gib") && value == JsonToken.VALUE_NUMBER_INT) {
                ram = ram(parser);
                any = true;
            } else if (name.equals("gpus") && value == JsonToken.START_ARRAY) {
                gpus(parser, gpus);
                any = true;
            } else if (name.equals("hardware") && value == JsonToken.START_OBJECT) {
                inner = object(parser);
            } else {
                parser.skipChildren();
            }
        }
        gpus.sort(null);
        return any ? new Hardware(cpu, ram, List.copyOf(gpus)) : inner;
    }

    private static Long ram(JsonParser parser) throws IOException, BadResultException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 0
                || parser.getLongValue() > Long.MAX_VALUE >> 31) {
            throw new BadResultException(QuarantineClass.SIDECAR, "total_ram_gib is out of range: " + parser.getText());
        }
        return parser.getLongValue();
    }

    private static void gpus(JsonParser parser, List<String> gpus) throws IOException, BadResultException {
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
            if (t != JsonToken.START_OBJECT) {
                throw new BadResultException(QuarantineClass.SIDECAR, "gpus holds something that is no object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("model")) {
                    gpus.add(Strings.wellFormed(parser.getText(), "/gpus"));
                } else {
                    parser.skipChildren();
                }
            }
            if (gpus.size() > MAX_GPUS) {
                throw new BadResultException(QuarantineClass.SIDECAR, "more than " + MAX_GPUS + " GPUs");
            }
        }
    }
}
