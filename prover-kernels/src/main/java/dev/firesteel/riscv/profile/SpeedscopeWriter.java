package dev.firesteel.riscv.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firesteel.riscv.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a speedscope file of one sampled profile, a sample per call path. Source: {@code file-format-schema.json} of
 * github.com/jlfwong/speedscope.
 */
public final class SpeedscopeWriter {
    private SpeedscopeWriter() {}

    /** The file's bytes, UTF-8. */
    public static byte[] write(Profile profile) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("$schema", "https://www.speedscope.app/file-format-schema.json");
        root.put("name", profile.programName());
        root.put("exporter", "firesteel");
        Map<Long, Integer> frames = new LinkedHashMap<>();
        ArrayNode frameList = root.putObject("shared").putArray("frames");
        ObjectNode sampled = root.putArray("profiles").addObject();
        sampled.put("type", "sampled").put("name", "cycles").put("unit", "none");
        sampled.put("startValue", 0).put("endValue", profile.cycles());
        ArrayNode samples = sampled.putArray("samples");
        ArrayNode weights = sampled.putArray("weights");
        for (Profile.Node leaf : profile.nodes()) {
            if (leaf.cycles() == 0) {
                continue;
            }
            Deque<Integer> stack = new ArrayDeque<>();
            for (Profile.Node node = leaf; node != null; node = parent(profile, node)) {
                Integer frame = frames.get(node.address());
                if (frame == null) {
                    frame = frames.size();
                    frames.put(node.address(), frame);
                    frameList.addObject().put("name", node.function());
                }
                stack.addFirst(frame);
            }
            ArrayNode sample = samples.addArray();
            stack.forEach(frame -> sample.add(frame.intValue()));
            weights.add(leaf.cycles());
        }
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Profile.Node parent(Profile profile, Profile.Node node) {
        return node.parent() < 0 ? null : profile.nodes().get(node.parent());
    }
}
