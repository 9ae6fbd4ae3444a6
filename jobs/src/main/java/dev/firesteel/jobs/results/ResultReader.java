package dev.firesteel.jobs.results;

import static dev.firesteel.jobs.results.QuarantineClass.BROKEN_JSON;
import static dev.firesteel.jobs.results.QuarantineClass.EMPTY_FILE;
import static dev.firesteel.jobs.results.QuarantineClass.NOT_A_RESULT;
import static dev.firesteel.jobs.results.QuarantineClass.OUT_OF_RANGE;
import static dev.firesteel.jobs.results.QuarantineClass.TOO_LARGE;
import static dev.firesteel.jobs.results.QuarantineClass.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.firesteel.cli.Messages;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one result file, any of the six schema versions. A stranger wrote it: everything has a bound, and what does not fit
 * the format is a {@link BadResultException} that says what and where, never a guess.
 */
final class ResultReader {
    /** Largest file that is read, bytes. */
    static final long MAX_FILE_BYTES = 64L << 20;

    /** Longest text, characters; a crash's reason may hold the output of a child process. */
    static final int MAX_TEXT = 1 << 20;

    /** Longest name of a fixture, characters. */
    static final int MAX_NAME = 4096;

    /** Most entries of a map. */
    static final int MAX_ENTRIES = 10_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    // Pointers to a member are in two parts, joined when there is something to say: most files are sound.
    private static final String METADATA = "/metadata/";

    private final JsonParser parser;
    private final ResultBuilder result = new ResultBuilder();

    private ResultReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads {@code content}.
     *
     * @param stem stem of the file's name, which is the name of a result that does not tell its own
     * @throws BadResultException when the file cannot become a row
     */
    static ResultFile read(byte[] content, String stem) throws BadResultException {
        if (content.length == 0) {
            throw new BadResultException(EMPTY_FILE, "the file has no bytes");
        }
        if (content.length > MAX_FILE_BYTES) {
            throw new BadResultException(
                    TOO_LARGE, "the file has " + content.length + " bytes, more than " + MAX_FILE_BYTES);
        }
        try (JsonParser parser = FACTORY.createParser(content)) {
            ResultReader reader = new ResultReader(parser);
            reader.document();
            return reader.result.build(stem);
        } catch (StreamConstraintsException e) {
            throw new BadResultException(TOO_LARGE, firstLine(e));
        } catch (IOException e) {
            throw new BadResultException(BROKEN_JSON, firstLine(e));
        }
    }

    static String firstLine(IOException e) {
        String message = e instanceof com.fasterxml.jackson.core.JsonProcessingException j
                ? j.getOriginalMessage() + where(j)
                : String.valueOf(e.getMessage());
        return Messages.firstLine(message);
    }

    private static String where(com.fasterxml.jackson.core.JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private void document() throws IOException, BadResultException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw first == null
                    ? new BadResultException(BROKEN_JSON, "the file holds white space only")
                    : new BadResultException(NOT_A_RESULT, "a result is an object; this is " + described(first));
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "name" -> result.name = text(value, "/", name, MAX_NAME);
                case "timestamp_completed" -> result.completedAt = timestamp(value);
                case "block_used_gas" -> result.topGasUsed = number(value, "/", name);
                case "metadata" -> metadata(value);
                case "execution" -> part(value, result.execution);
                case "proving" -> part(value, result.proving);
                case "verification" -> part(value, result.verification);
                default -> extra("", name);
            }
        }
        if (parser.nextToken() != null) {
            throw new BadResultException(BROKEN_JSON, "something follows the object that the file holds");
        }
    }

    private void metadata(JsonToken value) throws IOException, BadResultException {
        result.hasMetadata = true;
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        object(value, "/metadata");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken v = parser.nextToken();
            switch (name) {
                case "block_used_gas" -> result.gasUsed = number(v, METADATA, name);
                case "fixture_format" -> result.fixtureFormat = text(v, METADATA, name, MAX_TEXT);
                case "original_test_name" -> result.originalTestName = text(v, METADATA, name, MAX_TEXT);
                case "source_path" -> result.sourcePath = text(v, METADATA, name, MAX_TEXT);
                case "block_index" -> result.blockIndex = number(v, METADATA, name);
                case "network" -> result.network = text(v, METADATA, name, MAX_TEXT);
                case "chain_id" -> result.chainId = number(v, METADATA, name);
                case "block_number" -> result.blockNumber = number(v, METADATA, name);
                case "opcode_count" -> result.opcodeCount = map(v, METADATA, name);
                default -> extra("/metadata", name);
            }
        }
    }

    private void part(JsonToken value, ResultBuilder.Part part) throws IOException, BadResultException {
        String at = part.at;
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        object(value, at);
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken v = parser.nextToken();
            switch (name) {
                case "success", "Success" -> {
                    object(v, at + "/" + name);
                    part.success = true;
                    for (String n = parser.nextFieldName(); n != null; n = parser.nextFieldName()) {
                        if (!measure(n, parser.nextToken(), part)) {
                            extra(at + "/success", n);
                        }
                    }
                }
                case "crashed", "Crashed" -> crashed(v, at, part);
                // The oldest files have the measures right here.
                default -> {
                    if (!measure(name, v, part)) {
                        extra(at, name);
                    }
                }
            }
        }
        if (part.crashed == null && !part.success) {
            throw new BadResultException(NOT_A_RESULT, at + " holds neither success nor crashed");
        }
        if (part.crashed != null && part.success) {
            throw new BadResultException(NOT_A_RESULT, at + " holds both success and crashed");
        }
    }

    private void crashed(JsonToken value, String at, ResultBuilder.Part part) throws IOException, BadResultException {
        object(value, at + "/crashed");
        for (String n = parser.nextFieldName(); n != null; n = parser.nextFieldName()) {
            JsonToken v = parser.nextToken();
            if (n.equals("reason")) {
                part.crashed = text(v, at, "/crashed/reason", MAX_TEXT);
            } else {
                extra(at + "/crashed", n);
            }
        }
        if (part.crashed == null) {
            throw new BadResultException(NOT_A_RESULT, at + "/crashed tells no reason");
        }
    }

    /** Reads a member of a success; false, with nothing read, when the part has no such member. */
    private boolean measure(String name, JsonToken v, ResultBuilder.Part part) throws IOException, BadResultException {
        String at = part.atSuccess;
        boolean execution = part == result.execution;
        boolean proving = part == result.proving;
        boolean known = true;
        switch (name) {
            case "output_matched" -> {
                known = execution || proving;
                part.outputMatched = known ? flag(v, at, name) : part.outputMatched;
            }
            case "total_num_cycles" -> {
                known = execution;
                part.cycles = known ? number(v, at, name) : part.cycles;
            }
            case "region_cycles" -> {
                known = execution;
                part.regions = known ? map(v, at, name) : part.regions;
            }
            case "execution_duration" -> {
                known = execution;
                part.durationNs = known ? duration(v, at, name) : part.durationNs;
            }
            case "proof_size" -> {
                known = !execution;
                part.proofBytes = known ? number(v, at, name) : part.proofBytes;
            }
            case "proving_time_ms" -> {
                known = proving;
                part.provingMs = known ? number(v, at, name) : part.provingMs;
            }
            case "verification_time_ms" -> {
                known = !execution;
                part.verificationMs = known ? number(v, at, name) : part.verificationMs;
            }
            case "peak_memory_usage_bytes" -> {
                known = proving;
                part.peakMemoryBytes = known ? number(v, at, name) : part.peakMemoryBytes;
            }
            default -> known = false;
        }
        part.success |= known;
        return known;
    }

    private Long duration(JsonToken value, String object, String member) throws IOException, BadResultException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        String at = object + member;
        object(value, at);
        Long secs = null;
        Long nanos = null;
        for (String n = parser.nextFieldName(); n != null; n = parser.nextFieldName()) {
            JsonToken v = parser.nextToken();
            switch (n) {
                case "secs" -> secs = number(v, at, "/secs");
                case "nanos" -> nanos = number(v, at, "/nanos");
                default -> extra(at, n);
            }
        }
        if (secs == null || nanos == null) {
            throw new BadResultException(WRONG_TYPE, at + " needs secs and nanos");
        }
        try {
            return Math.addExact(Math.multiplyExact(secs, 1_000_000_000L), nanos);
        } catch (ArithmeticException e) {
            throw new BadResultException(OUT_OF_RANGE, at + " is longer than 292 years");
        }
    }

    private Instant timestamp(JsonToken value) throws IOException, BadResultException {
        String text = text(value, "/", "timestamp_completed", 64);
        if (text == null) {
            return null;
        }
        try {
            Instant instant = Timestamps.parse(text);
            if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END_OF_TIME)) {
                throw new BadResultException(OUT_OF_RANGE, "/timestamp_completed is not within 1970 to 9999: " + text);
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw new BadResultException(WRONG_TYPE, "/timestamp_completed is not an RFC 3339 time: " + text);
        }
    }

    private SortedMap<String, Long> map(JsonToken value, String object, String member)
            throws IOException, BadResultException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        String at = object + member;
        object(value, at);
        String entry = at + "/";
        SortedMap<String, Long> map = new TreeMap<>();
        for (String n = parser.nextFieldName(); n != null; n = parser.nextFieldName()) {
            Long number = number(parser.nextToken(), entry, n);
            if (number == null) {
                throw new BadResultException(WRONG_TYPE, at + "/" + n + " is null, not an integer");
            }
            map.put(Strings.wellFormed(n, at), number);
            if (map.size() > MAX_ENTRIES) {
                throw new BadResultException(TOO_LARGE, at + " has more than " + MAX_ENTRIES + " entries");
            }
        }
        return map.isEmpty() ? null : map;
    }

    private Long number(JsonToken value, String object, String member) throws IOException, BadResultException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw new BadResultException(WRONG_TYPE, object + member + " is " + described(value) + ", not an integer");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() < 0) {
            throw new BadResultException(
                    OUT_OF_RANGE, object + member + " is " + parser.getText() + ", not within 0 and " + Long.MAX_VALUE);
        }
        return parser.getLongValue();
    }

    private Boolean flag(JsonToken value, String object, String member) throws BadResultException {
        return switch (value) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default ->
                throw new BadResultException(
                        WRONG_TYPE, object + member + " is " + described(value) + ", not true or false");
        };
    }

    private String text(JsonToken value, String object, String member, int max) throws IOException, BadResultException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new BadResultException(WRONG_TYPE, object + member + " is " + described(value) + ", not a text");
        }
        String text = parser.getText();
        if (text.length() > max) {
            throw new BadResultException(
                    TOO_LARGE, object + member + " has " + text.length() + " characters, more than " + max);
        }
        return Strings.wellFormed(text, object, member);
    }

    private void extra(String object, String name) throws IOException, BadResultException {
        result.extra(JsonPointers.child(object, Strings.wellFormed(name, object)), Strings.json(parser));
    }

    private static void object(JsonToken value, String at) throws BadResultException {
        if (value != JsonToken.START_OBJECT) {
            throw new BadResultException(WRONG_TYPE, at + " is " + described(value) + ", not an object");
        }
    }

    private static String described(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_NULL -> "null";
            default -> "true or false";
        };
    }
}
