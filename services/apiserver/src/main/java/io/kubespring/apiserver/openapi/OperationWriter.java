package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes paths with their operations in either dialect. */
final class OperationWriter {

    private final Dialect dialect;
    private final SchemaWriter schemas;
    private final SharedParameters shared;

    /**
     * @param action null for what is no resource
     * @param name for generated clients
     * @param tag what it belongs to
     * @param kind of the bodies; null for what is no resource
     * @param request definition of the request's body, or null
     * @param response definition of the answer, or null for text
     * @param alsoAccepted whether the answer may be 202
     * @param consumed media types; empty where none is named
     */
    record Operation(
            @Nullable Action action,
            String name,
            String description,
            String tag,
            @Nullable GroupVersionKind kind,
            @Nullable String request,
            @Nullable String response,
            boolean alsoAccepted,
            List<String> consumed,
            List<String> produced,
            List<Parameter> parameters) {

        boolean writes() {
            return action == Action.CREATE || action == Action.UPDATE || action == Action.PATCH;
        }
    }

    OperationWriter(Dialect dialect, SchemaWriter schemas, SharedParameters shared) {
        this.dialect = dialect;
        this.schemas = schemas;
        this.shared = shared;
    }

    ObjectNode write(PathItem item) {
        ObjectNode node = Json.object();
        List<Parameter> common = item.shared();
        if (!common.isEmpty()) {
            ArrayNode parameters = node.putArray("parameters");
            common.forEach(each -> parameters.add(shared.write(each)));
        }
        item.operations().forEach((method, operation) -> node.set(method, write(operation, common)));
        return node;
    }

    private ObjectNode write(Operation operation, List<Parameter> common) {
        ObjectNode node = Json.object();
        node.putArray("tags").add(operation.tag());
        node.put("description", operation.description());
        node.put("operationId", operation.name());
        TreeMap<String, ObjectNode> parameters = new TreeMap<>();
        for (Parameter each : PathItem.without(operation.parameters(), common)) {
            parameters.put(each.name(), shared.write(each));
        }
        String request = operation.request();
        if (dialect == Dialect.V2) {
            if (!operation.consumed().isEmpty()) {
                operation.consumed().forEach(node.putArray("consumes")::add);
            }
            operation.produced().forEach(node.putArray("produces")::add);
            node.putArray("schemes").add("https");
            if (request != null) {
                parameters.put("body", body(operation, request));
            }
        }
        if (!parameters.isEmpty()) {
            parameters.values().forEach(node.putArray("parameters")::add);
        }
        if (dialect == Dialect.V3 && request != null) {
            ObjectNode body = node.putObject("requestBody");
            ObjectNode content = body.putObject("content");
            operation.consumed().forEach(each -> content.putObject(each).set("schema", schemas.reference(request)));
            if (operation.writes()) {
                body.put("required", true);
            }
        }
        responses(node.putObject("responses"), operation);
        Action action = operation.action();
        GroupVersionKind kind = operation.kind();
        if (action != null && kind != null) {
            node.put("x-kubernetes-action", action.text());
            PathsWriter.addKind(
                    node.putObject("x-kubernetes-group-version-kind"),
                    kind.group() + "/" + kind.version() + "/" + kind.kind());
        }
        return node;
    }

    private ObjectNode body(Operation operation, String request) {
        ObjectNode body = Json.object().put("name", "body").put("in", "body");
        if (operation.writes()) {
            body.put("required", true);
        }
        body.set("schema", schemas.reference(request));
        return body;
    }

    private void responses(ObjectNode responses, Operation operation) {
        response(responses.putObject("200").put("description", "OK"), operation);
        if (operation.writes()) {
            response(responses.putObject("201").put("description", "Created"), operation);
        }
        if (operation.alsoAccepted()) {
            response(responses.putObject("202").put("description", "Accepted"), operation);
        }
        responses.putObject("401").put("description", "Unauthorized");
    }

    private void response(ObjectNode response, Operation operation) {
        String definition = operation.response();
        if (dialect == Dialect.V2) {
            response.set("schema", answer(definition));
            return;
        }
        ObjectNode content = response.putObject("content");
        operation.produced().forEach(each -> content.putObject(each).set("schema", answer(definition)));
    }

    private ObjectNode answer(@Nullable String definition) {
        return definition == null ? Json.object().put("type", "string") : schemas.reference(definition);
    }
}
