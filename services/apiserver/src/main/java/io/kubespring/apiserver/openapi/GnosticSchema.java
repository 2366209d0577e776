package io.kubespring.apiserver.openapi;

import tools.jackson.databind.JsonNode;

/** A schema in gnostic's protobuf form. */
final class GnosticSchema {

    private GnosticSchema() {}

    static ProtobufMessage encode(JsonNode schema) {
        ProtobufMessage message = new ProtobufMessage()
                .text(1, schema.path("$ref").asString(""))
                .text(2, schema.path("format").asString(""))
                .text(4, schema.path("description").asString(""));
        if (schema.has("default")) {
            message.message(5, GnosticDocument.any(schema.get("default")));
        }
        GnosticDocument.texts(message, 19, schema.path("required"));
        schema.path("enum").forEach(each -> message.message(20, GnosticDocument.any(each)));
        if (schema.has("additionalProperties")) {
            message.message(21, new ProtobufMessage().message(1, encode(schema.get("additionalProperties"))));
        }
        if (schema.has("type")) {
            message.message(
                    22, new ProtobufMessage().text(1, schema.path("type").asString("")));
        }
        if (schema.has("items")) {
            message.message(23, new ProtobufMessage().message(1, encode(schema.get("items"))));
        }
        if (schema.has("properties")) {
            ProtobufMessage properties = new ProtobufMessage();
            schema.path("properties")
                    .properties()
                    .forEach(each ->
                            properties.message(1, GnosticDocument.named(each.getKey(), encode(each.getValue()))));
            message.message(25, properties);
        }
        GnosticDocument.extensions(message, 31, schema);
        return message;
    }
}
