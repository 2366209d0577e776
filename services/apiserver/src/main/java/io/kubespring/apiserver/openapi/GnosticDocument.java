package io.kubespring.apiserver.openapi;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * OpenAPI v2 in the protobuf form that client-go asks for (gnostic's {@code openapi.v2.Document}). Numbers are those of
 * its fields.
 */
final class GnosticDocument {

    private static final Map<String, Integer> METHODS =
            Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "options", 6, "head", 7, "patch", 8);

    private GnosticDocument() {}

    /** @param document as JSON */
    static byte[] encode(JsonNode document) {
        ProtobufMessage info = new ProtobufMessage()
                .text(1, document.at("/info/title").asString(""))
                .text(2, document.at("/info/version").asString(""));
        ProtobufMessage paths = new ProtobufMessage();
        document.path("paths")
                .properties()
                .forEach(each -> paths.message(2, named(each.getKey(), pathItem(each.getValue()))));
        ProtobufMessage definitions = new ProtobufMessage();
        document.path("definitions")
                .properties()
                .forEach(each -> definitions.message(1, named(each.getKey(), GnosticSchema.encode(each.getValue()))));
        ProtobufMessage parameters = new ProtobufMessage();
        document.path("parameters")
                .properties()
                .forEach(each -> parameters.message(1, named(each.getKey(), parameter(each.getValue()))));
        return new ProtobufMessage()
                .text(1, document.path("swagger").asString(""))
                .message(2, info)
                .message(8, paths)
                .message(9, definitions)
                .message(10, parameters)
                .toBytes();
    }

    /** One entry of a map. */
    static ProtobufMessage named(String name, ProtobufMessage value) {
        return new ProtobufMessage().text(1, name).message(2, value);
    }

    /** Any value: as YAML, which JSON is. */
    static ProtobufMessage any(JsonNode value) {
        return new ProtobufMessage().text(2, value + "\n");
    }

    private static ProtobufMessage pathItem(JsonNode item) {
        ProtobufMessage message = new ProtobufMessage();
        METHODS.forEach((method, field) -> {
            if (item.has(method)) {
                message.message(field, operation(item.get(method)));
            }
        });
        item.path("parameters").forEach(each -> message.message(9, parameterItem(each)));
        return message;
    }

    private static ProtobufMessage operation(JsonNode operation) {
        ProtobufMessage message = new ProtobufMessage()
                .text(3, operation.path("description").asString(""))
                .text(5, operation.path("operationId").asString(""));
        texts(message, 1, operation.path("tags"));
        texts(message, 6, operation.path("produces"));
        texts(message, 7, operation.path("consumes"));
        texts(message, 10, operation.path("schemes"));
        operation.path("parameters").forEach(each -> message.message(8, parameterItem(each)));
        ProtobufMessage responses = new ProtobufMessage();
        operation
                .path("responses")
                .properties()
                .forEach(each -> responses.message(1, named(each.getKey(), response(each.getValue()))));
        message.message(9, responses);
        extensions(message, 13, operation);
        return message;
    }

    /** A parameter, or a reference to one. */
    private static ProtobufMessage parameterItem(JsonNode parameter) {
        return parameter.has("$ref")
                ? new ProtobufMessage()
                        .message(
                                2,
                                new ProtobufMessage()
                                        .text(1, parameter.path("$ref").asString("")))
                : new ProtobufMessage().message(1, parameter(parameter));
    }

    private static ProtobufMessage parameter(JsonNode parameter) {
        String in = parameter.path("in").asString("");
        ProtobufMessage message = new ProtobufMessage();
        boolean required = parameter.path("required").asBoolean(false);
        String name = parameter.path("name").asString("");
        String type = parameter.path("type").asString("");
        boolean unique = parameter.path("uniqueItems").asBoolean(false);
        switch (in) {
            case "body" ->
                message.message(
                        1,
                        new ProtobufMessage()
                                .text(2, name)
                                .text(3, in)
                                .flag(4, required)
                                .message(5, GnosticSchema.encode(parameter.path("schema"))));
            case "path" ->
                message.message(
                        2,
                        new ProtobufMessage()
                                .message(
                                        4,
                                        plain(required, in, parameter)
                                                .text(5, type)
                                                .flag(19, unique)));
            default ->
                message.message(
                        2,
                        new ProtobufMessage()
                                .message(
                                        3,
                                        plain(required, in, parameter)
                                                .text(6, type)
                                                .flag(20, unique)));
        }
        return message;
    }

    private static ProtobufMessage plain(boolean required, String in, JsonNode parameter) {
        return new ProtobufMessage()
                .flag(1, required)
                .text(2, in)
                .text(3, parameter.path("description").asString(""))
                .text(4, parameter.path("name").asString(""));
    }

    private static ProtobufMessage response(JsonNode response) {
        ProtobufMessage message =
                new ProtobufMessage().text(1, response.path("description").asString(""));
        if (response.has("schema")) {
            message.message(2, new ProtobufMessage().message(1, GnosticSchema.encode(response.get("schema"))));
        }
        return new ProtobufMessage().message(1, message);
    }

    static void texts(ProtobufMessage message, int field, JsonNode list) {
        list.forEach(each -> message.text(field, each.asString("")));
    }

    static void extensions(ProtobufMessage message, int field, JsonNode node) {
        node.properties().forEach(each -> {
            if (each.getKey().startsWith("x-")) {
                message.message(field, named(each.getKey(), any(each.getValue())));
            }
        });
    }
}
