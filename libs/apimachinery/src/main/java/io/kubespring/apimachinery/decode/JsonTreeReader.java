package io.kubespring.apimachinery.decode;

import io.kubespring.api.json.Json;
import io.kubespring.api.json.SyntaxErrors;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON into a tree, the plain kind fast, and notes fields that stand twice, which Jackson's own tree reader either drops silently or
 * refuses. Nesting, names and numbers are bounded by Jackson's read constraints.
 */
final class JsonTreeReader {

    /** As upstream's strict decoder: enough to be helpful, too few to be a burden. */
    static final int MAX_DUPLICATES = 100;

    private final JsonParser parser;
    private final List<String> duplicates;
    private final FieldTrail trail = new FieldTrail();
    private final JsonNodeFactory nodes = Json.mapper().getNodeFactory();

    private JsonTreeReader(JsonParser parser, List<String> duplicates) {
        this.parser = parser;
        this.duplicates = duplicates;
    }

    static JsonNode read(byte[] body, List<String> duplicates) {
        JsonNode plain = Json.readPlain(body);
        return plain == null ? readAny(body, duplicates) : plain;
    }

    private static JsonNode readAny(byte[] body, List<String> duplicates) {
        try (JsonParser parser = Json.mapper().createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedBodyException("unexpected end of JSON input");
            }
            JsonNode value = new JsonTreeReader(parser, duplicates).value(first);
            if (parser.nextToken() != null) {
                throw new MalformedBodyException(SyntaxErrors.describe(body, "more than one value"));
            }
            return value;
        } catch (StreamConstraintsException tooMuch) {
            boolean tooDeep = tooMuch.getOriginalMessage().contains("nesting depth");
            throw new MalformedBodyException(tooDeep ? "exceeded max depth" : tooMuch.getOriginalMessage());
        } catch (StreamReadException unreadable) {
            throw new MalformedBodyException(SyntaxErrors.describe(body, unreadable.getOriginalMessage()));
        } catch (JacksonException other) {
            throw new MalformedBodyException(other.getOriginalMessage());
        }
    }

    private JsonNode value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> nodes.stringNode(WellFormed.text(parser.getString()));
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> nodes.numberNode(parser.getIntValue());
                    case LONG -> nodes.numberNode(parser.getLongValue());
                    default -> nodes.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedBodyException("unexpected " + token);
        };
    }

    private JsonNode decimal() {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new MalformedBodyException(
                    "json: cannot unmarshal number " + parser.getString() + " into Go value of type float64");
        }
        return nodes.numberNode(value);
    }

    private ObjectNode object() {
        ObjectNode object = nodes.objectNode();
        trail.enterObject();
        for (String given = parser.nextName(); given != null; given = parser.nextName()) {
            String name = WellFormed.text(given);
            trail.field(name);
            JsonNode previous = object.replace(name, value(parser.nextToken()));
            if (previous != null && duplicates.size() < MAX_DUPLICATES) {
                String path = trail.toString();
                if (!duplicates.contains(path)) {
                    duplicates.add(path);
                }
            }
        }
        trail.leave();
        return object;
    }

    private ArrayNode list() {
        ArrayNode list = nodes.arrayNode();
        trail.enterList();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            trail.nextItem();
            list.add(value(token));
        }
        trail.leave();
        return list;
    }
}
