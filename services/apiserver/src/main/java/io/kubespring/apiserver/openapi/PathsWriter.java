package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.catalog.ResourceType.Subresource;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.apiserver.openapi.OperationWriter.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the paths of resources with their operations. The deprecated {@code /watch/} paths are left out. */
final class PathsWriter {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String STATUS = META + "Status";
    private static final String PATCH = META + "Patch";
    private static final String DELETE_OPTIONS = META + "DeleteOptions";
    private static final Set<String> CONNECTED = Set.of("attach", "exec", "portforward", "proxy");

    private final OperationWriter operations;
    private final Map<String, ObjectNode> paths = new TreeMap<>();

    PathsWriter(OperationWriter operations) {
        this.operations = operations;
    }

    /** All paths written so far, sorted. */
    Map<String, ObjectNode> paths() {
        return paths;
    }

    void write(ResourceType type) {
        GroupVersionKind kind = type.kind();
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion();
        String scope = type.namespaced() ? "/namespaces/{namespace}" : "";
        String collection = root + scope + "/" + type.plural();
        String item = collection + "/{name}";
        for (String verb : type.verbs()) {
            switch (verb) {
                case "list", "create", "deletecollection" -> put(collection, type, Action.ofVerb(verb));
                case "watch" -> {}
                default -> put(item, type, Action.ofVerb(verb));
            }
        }
        if (type.namespaced() && type.verbs().contains("list")) {
            String everywhere = root + "/" + type.plural();
            String name =
                    Action.LIST.operation() + OperationNames.groupVersion(kind) + kind.kind() + "ForAllNamespaces";
            put(everywhere, "get", new Operation(Action.LIST, name, kind, kind, null, definition(listKind(type))));
        }
        for (Subresource each : type.subresources()) {
            write(item + "/" + each.name(), type, each);
        }
    }

    /** @param kind "group/version/Kind" */
    static void addKind(ObjectNode target, String kind) {
        String[] parts = kind.split("/", -1);
        target.put("group", parts[0]).put("kind", parts[2]).put("version", parts[1]);
    }

    private void put(String path, ResourceType type, Action action) {
        String own = definition(type.kind());
        String request = switch (action) {
            case GET, LIST, CONNECT -> null;
            case CREATE, UPDATE -> own;
            case PATCH -> PATCH;
            case DELETE, DELETE_COLLECTION -> DELETE_OPTIONS;
        };
        String response = switch (action) {
            case GET, CREATE, UPDATE, PATCH, CONNECT -> own;
            case LIST -> definition(listKind(type));
            case DELETE, DELETE_COLLECTION -> STATUS;
        };
        String name = action == Action.DELETE_COLLECTION
                ? "delete" + OperationNames.groupVersion(type.kind()) + "Collection" + scoped(type)
                : action.operation() + OperationNames.groupVersion(type.kind()) + scoped(type);
        put(path, action.method(), new Operation(action, name, type.kind(), type.kind(), request, response));
    }

    private void write(String path, ResourceType type, Subresource subresource) {
        String suffix = scoped(type) + OperationNames.capital(subresource.name());
        String group = OperationNames.groupVersion(type.kind());
        for (String verb : subresource.verbs()) {
            Action action = Action.ofVerb(verb);
            if (CONNECTED.contains(subresource.name())) {
                String name = Action.CONNECT.operation() + group + OperationNames.capital(action.method()) + suffix;
                var operation = new Operation(Action.CONNECT, name, type.kind(), subresource.kind(), null, null);
                put(path, action.method(), operation);
                if (subresource.name().equals("proxy")) {
                    put(path + "/{path}", action.method(), named(operation, name + "WithPath"));
                }
                continue;
            }
            String body = subresource.name().equals("log") ? null : definition(subresource.kind());
            String request = switch (action) {
                case CREATE, UPDATE -> body;
                case PATCH -> PATCH;
                case GET, LIST, DELETE, DELETE_COLLECTION, CONNECT -> null;
            };
            put(
                    path,
                    action.method(),
                    new Operation(
                            action,
                            action.operation() + group + suffix,
                            type.kind(),
                            subresource.kind(),
                            request,
                            body));
        }
    }

    private void put(String path, String method, Operation operation) {
        paths.computeIfAbsent(path, this::item).set(method, operations.write(operation));
    }

    private ObjectNode item(String path) {
        ObjectNode item = Json.object();
        ArrayNode parameters = item.putArray("parameters");
        for (String each : List.of("name", "namespace", "path")) {
            if (path.contains("{" + each + "}")) {
                operations.parameter(parameters.addObject(), each, "path", "string", true);
            }
        }
        operations.parameter(parameters.addObject(), "pretty", "query", "string", false);
        return item;
    }

    private static Operation named(Operation operation, String name) {
        return new Operation(
                operation.action(),
                name,
                operation.group(),
                operation.kind(),
                operation.request(),
                operation.response());
    }

    private static String scoped(ResourceType type) {
        return (type.namespaced() ? "Namespaced" : "") + type.kind().kind();
    }

    private static GroupVersionKind listKind(ResourceType type) {
        return new GroupVersionKind(type.kind().group(), type.kind().version(), type.listKind());
    }

    private static @Nullable String definition(GroupVersionKind kind) {
        return BuiltInSchemas.get().nameOf(kind);
    }
}
