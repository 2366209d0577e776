package io.kubespring.storage.transfer;

import io.kubespring.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The lines of an export: a header, one an object in the order of keys, and a trailer that tells a whole export from one
 * cut short. A value that is a JSON object stands in its line byte for byte; anything else as {@code base64}.
 */
final class Line {

    static final String FORMAT = "kubespring.io/store-export/v1";

    private Line() {}

    /** @param revision as of which everything was read */
    static byte[] header(long revision) {
        return text("{\"format\":\"" + FORMAT + "\",\"revision\":" + revision + "}");
    }

    static byte[] trailer(long objects) {
        return text("{\"objects\":" + objects + "}");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] object(String key, byte[] value) {
        var line = new ByteArrayOutputStream(value.length + key.length() + 32);
        line.writeBytes(text("{\"key\":" + Json.mapper().writeValueAsString(key)));
        if (isOneLineOfJson(value)) {
            line.writeBytes(text(",\"value\":"));
            line.writeBytes(value);
            line.write('}');
        } else {
            line.writeBytes(text(",\"base64\":\"" + Base64.getEncoder().encodeToString(value) + "\"}"));
        }
        return line.toByteArray();
    }

    private static boolean isOneLineOfJson(byte[] value) {
        if (value.length == 0 || value[0] != '{') {
            return false;
        }
        for (byte each : value) {
            if (each == '\n') {
                return false;
            }
        }
        try (JsonParser parser = Json.mapper().createParser(value)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** What a line says; fields that it does not have are null or -1. */
    record Parsed(
            @Nullable String format,
            long revision,
            @Nullable String key,
            byte @Nullable [] value,
            long objects) {}

    /** @throws TransferException naming the line */
    static Parsed parse(byte[] line, long number) {
        String format = null;
        String key = null;
        byte[] value = null;
        long revision = -1;
        long objects = -1;
        try (JsonParser parser = Json.mapper().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new TransferException("line " + number + " is not a JSON object");
            }
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                parser.nextToken();
                switch (field) {
                    case "format" -> format = parser.getString();
                    case "revision" -> revision = parser.getLongValue();
                    case "key" -> key = parser.getString();
                    case "base64" -> value = Base64.getDecoder().decode(parser.getString());
                    case "value" -> {
                        int start = (int) parser.currentTokenLocation().getByteOffset();
                        parser.skipChildren();
                        value = Arrays.copyOfRange(
                                line, start, (int) parser.currentLocation().getByteOffset());
                    }
                    case "objects" -> objects = parser.getLongValue();
                    default ->
                        throw new TransferException("line " + number + " has an unknown field \"" + field + "\"");
                }
            }
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new TransferException("line " + number + " cannot be read: " + malformed.getMessage());
        }
        return new Parsed(format, revision, key, value, objects);
    }
}
