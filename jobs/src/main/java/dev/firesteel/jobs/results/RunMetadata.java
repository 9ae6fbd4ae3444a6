package dev.firesteel.jobs.results;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The marginal runner's {@code run-metadata.json}: members as text, nested ones as JSON. */
final class RunMetadata {
    /** The file's name; it lies in the runner's output folder. */
    static final String FILE = "run-metadata.json";

    private static final Pattern LITERAL = Pattern.compile("-?(?:0|[1-9]\\d{0,17})|true|false");

    private RunMetadata() {}

    /** Reads {@code content}; null when it has no members. */
    static SortedMap<String, String> read(byte[] content) throws BadResultException {
        SortedMap<String, String> members = new TreeMap<>();
        try (JsonParser parser = ResultReader.FACTORY.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadResultException(QuarantineClass.SIDECAR, "not an object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value != JsonToken.VALUE_NULL) {
                    members.put(
                            Strings.wellFormed(name, ""),
                            value == JsonToken.VALUE_STRING
                                    ? Strings.wellFormed(parser.getText(), "/" + name)
                                    : Strings.json(parser));
                }
                if (members.size() > ResultReader.MAX_ENTRIES) {
                    throw new BadResultException(
                            QuarantineClass.SIDECAR, "more than " + ResultReader.MAX_ENTRIES + " members");
                }
            }
        } catch (IOException e) {
            throw new BadResultException(QuarantineClass.SIDECAR, ResultReader.firstLine(e));
        }
        return members.isEmpty() ? null : members;
    }

    /** The bytes of {@code run-metadata.json}: integers and Booleans as such, the rest as text. */
    static byte[] bytes(Map<String, String> members) {
        JsonText json = new JsonText(512);
        json.open();
        new TreeMap<>(members).forEach((name, value) -> {
            if (LITERAL.matcher(value).matches()) {
                json.raw(name, value);
            } else {
                json.member(name, value);
            }
        });
        json.close();
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
