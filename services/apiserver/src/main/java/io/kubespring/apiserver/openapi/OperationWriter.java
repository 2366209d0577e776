package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one operation in either dialect. */
final class OperationWriter {

    private static final List<String> ENCODINGS = List.of("application/json", "application/yaml");
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    private final Dialect dialect;
    private final SchemaWriter schemas;

    /**
     * @param name for generated clients
     * @param group whose operation it is
     * @param kind of the bodies
     * @param request definition of the request's body, or null
     * @param response definition of the answer, or null for text
     */
    record Operation(
            Action action,
            String name,
            GroupVersionKind group,
            GroupVersionKind kind,
            @Nullable String request,
            @Nullable String response) {}

    OperationWriter(Dialect dialect, SchemaWriter schemas) {
        this.dialect = dialect;
        this.schemas = schemas;
    }

    ObjectNode write(Operation operation) {
        ObjectNode node = Json.object();
        node.putArray("tags").add(OperationNames.tag(operation.group()));
        node.put("operationId", operation.name());
        List<String> consumed = operation.action() == Action.PATCH ? PATCHES : List.of("*/*");
        ArrayNode parameters = Json.mapper().createArrayNode();
        if (dialect == Dialect.V2) {
            writeV2Body(node, operation, consumed, parameters);
        }
        for (QueryParameter each : QueryParameter.of(operation.action())) {
            parameter(parameters.addObject(), each.text(), "query", each.type(), false);
        }
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        String request = operation.request();
        if (dialect == Dialect.V3 && request != null) {
            ObjectNode content = node.putObject("requestBody").putObject("content");
            consumed.forEach(each -> content.putObject(each).set("schema", schemas.reference(request)));
        }
        ObjectNode responses = node.putObject("responses");
        response(responses.putObject("200").put("description", "OK"), operation);
        if (operation.action() == Action.CREATE
                || operation.action() == Action.UPDATE
                || operation.action() == Action.PATCH) {
            response(responses.putObject("201").put("description", "Created"), operation);
        }
        if (operation.action() == Action.CREATE || operation.action() == Action.DELETE) {
            response(responses.putObject("202").put("description", "Accepted"), operation);
        }
        responses.putObject("401").put("description", "Unauthorized");
        node.put("x-kubernetes-action", operation.action().text());
        GroupVersionKind kind = operation.kind();
        PathsWriter.addKind(
                node.putObject("x-kubernetes-group-version-kind"),
                kind.group() + "/" + kind.version() + "/" + kind.kind());
        return node;
    }

    /** A parameter of a path or a query. */
    void parameter(ObjectNode target, String name, String in, String type, boolean required) {
        target.put("name", name).put("in", in);
        if (required) {
            target.put("required", true);
        }
        ObjectNode schema = dialect == Dialect.V2 ? target : target.putObject("schema");
        schema.put("type", type).put("uniqueItems", true);
    }

    private void writeV2Body(ObjectNode node, Operation operation, List<String> consumed, ArrayNode parameters) {
        consumed.forEach(node.putArray("consumes")::add);
        ENCODINGS.forEach(node.putArray("produces")::add);
        node.putArray("schemes").add("https");
        String request = operation.request();
        if (request != null) {
            ObjectNode body = parameters.addObject().put("name", "body").put("in", "body");
            if (operation.action() != Action.DELETE && operation.action() != Action.DELETE_COLLECTION) {
                body.put("required", true);
            }
            body.set("schema", schemas.reference(request));
        }
    }

    private void response(ObjectNode response, Operation operation) {
        String definition = operation.response();
        if (dialect == Dialect.V2) {
            response.set("schema", answer(definition));
            return;
        }
        ObjectNode content = response.putObject("content");
        for (String each : definition == null ? List.of("*/*") : ENCODINGS) {
            content.putObject(each).set("schema", answer(definition));
        }
    }

    private ObjectNode answer(@Nullable String definition) {
        return definition == null ? Json.object().put("type", "string") : schemas.reference(definition);
    }
}
