package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.catalog.ResourceType.Subresource;
import io.kubespring.api.schema.BuiltInSchemas;
import io.kubespring.apiserver.openapi.OperationWriter.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The paths of resources with their operations. Those of subresources are {@link SubresourcePaths}. */
final class PathsWriter {

    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    static final String PATCH = META + "Patch";
    private static final String STATUS = META + "Status";
    private static final String DELETE_OPTIONS = META + "DeleteOptions";
    private static final String WATCH_EVENT = META + "WatchEvent";
    private static final List<String> ANYTHING = List.of("*/*");

    private final Served served;
    private final Parameters parameters;
    private final Map<String, PathItem> paths = new TreeMap<>();

    PathsWriter(Served served, Parameters parameters) {
        this.served = served;
        this.parameters = parameters;
    }

    /** All paths written so far, sorted. */
    Map<String, PathItem> paths() {
        return paths;
    }

    void write(ResourceType type) {
        GroupVersionKind kind = type.kind();
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion();
        String scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
        String collection = scope + type.plural();
        String item = collection + "/{name}";
        for (String verb : type.verbs()) {
            switch (verb) {
                case "list", "create", "deletecollection" -> put(root + collection, type, Action.ofVerb(verb), "");
                case "watch" -> {
                    put(root + "/watch" + collection, type, Action.WATCH_LIST, "List");
                    put(root + "/watch" + item, type, Action.WATCH, "");
                }
                default -> put(root + item, type, Action.ofVerb(verb), "");
            }
        }
        if (type.namespaced() && type.verbs().contains("list")) {
            everywhere(root + "/" + type.plural(), type, Action.LIST, "ForAllNamespaces");
            if (type.verbs().contains("watch")) {
                everywhere(root + "/watch/" + type.plural(), type, Action.WATCH_LIST, "ListForAllNamespaces");
            }
        }
        var subresources = new SubresourcePaths(served, parameters, paths);
        for (Subresource each : type.subresources()) {
            subresources.write(root + item + "/" + each.name(), type, each);
        }
    }

    /** @param kind "group/version/Kind" */
    static void addKind(ObjectNode target, String kind) {
        String[] parts = kind.split("/", -1);
        target.put("group", parts[0]).put("kind", parts[2]).put("version", parts[1]);
    }

    private void everywhere(String path, ResourceType type, Action action, String suffix) {
        String name = action.operation()
                + OperationNames.groupVersion(type.kind())
                + type.kind().kind()
                + suffix;
        put(path, operation(path, type, action, name));
    }

    private void put(String path, ResourceType type, Action action, String suffix) {
        String name = action == Action.DELETE_COLLECTION
                ? "delete" + OperationNames.groupVersion(type.kind()) + "Collection" + scoped(type)
                : action.operation() + OperationNames.groupVersion(type.kind()) + scoped(type) + suffix;
        put(path, operation(path, type, action, name));
    }

    private void put(String path, Operation operation) {
        Action action = operation.action();
        if (action != null) {
            paths.computeIfAbsent(path, key -> new PathItem()).put(action.method(), operation);
        }
    }

    private Operation operation(String path, ResourceType type, Action action, String name) {
        String own = definition(type.kind());
        String request = switch (action) {
            case GET, LIST, WATCH_LIST, WATCH, CONNECT -> null;
            case CREATE, UPDATE -> own;
            case PATCH -> PATCH;
            case DELETE, DELETE_COLLECTION -> DELETE_OPTIONS;
        };
        String response = switch (action) {
            case GET, CREATE, UPDATE, PATCH, CONNECT -> own;
            case LIST -> definition(listKind(type));
            case WATCH_LIST, WATCH -> WATCH_EVENT;
            case DELETE -> served.returnsDeleted().test(type) ? own : STATUS;
            case DELETE_COLLECTION -> STATUS;
        };
        List<String> produced = switch (action) {
            case LIST, WATCH_LIST, WATCH -> served.watches();
            case GET, CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION, CONNECT -> served.objects();
        };
        List<Parameter> taken =
                new ArrayList<>(parameters.ofPath(path, type.kind().kind()));
        taken.add(parameters.pretty());
        taken.addAll(parameters.of(action));
        return new Operation(
                action,
                name,
                Doings.of(action, type.kind().kind(), type.verbs().contains("watch")),
                OperationNames.tag(type.kind()),
                type.kind(),
                request,
                response,
                action == Action.CREATE || action == Action.DELETE,
                action == Action.PATCH ? served.patches() : ANYTHING,
                produced,
                taken);
    }

    static String scoped(ResourceType type) {
        return (type.namespaced() ? "Namespaced" : "") + type.kind().kind();
    }

    private static GroupVersionKind listKind(ResourceType type) {
        return new GroupVersionKind(type.kind().group(), type.kind().version(), type.listKind());
    }

    static @Nullable String definition(GroupVersionKind kind) {
        return BuiltInSchemas.get().nameOf(kind);
    }
}
