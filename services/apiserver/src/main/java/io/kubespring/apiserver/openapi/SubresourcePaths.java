package io.kubespring.apiserver.openapi;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.catalog.ResourceType.Subresource;
import io.kubespring.apiserver.openapi.OperationWriter.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths of one resource's subresources; some are connected to instead of read and written. */
final class SubresourcePaths {

    private static final List<String> ANYTHING = List.of("*/*");
    private static final List<String> PROXIED = List.of("delete", "get", "head", "options", "patch", "post", "put");

    private final Served served;
    private final Parameters parameters;
    private final Map<String, PathItem> paths;

    SubresourcePaths(Served served, Parameters parameters, Map<String, PathItem> paths) {
        this.served = served;
        this.parameters = parameters;
        this.paths = paths;
    }

    void write(String path, ResourceType type, Subresource subresource) {
        switch (subresource.name()) {
            case "proxy" -> {
                for (String method : PROXIED) {
                    put(path, method, connection(path, type, subresource, method, ""));
                    put(path + "/{path}", method, connection(path + "/{path}", type, subresource, method, "WithPath"));
                }
            }
            case "attach", "exec", "portforward" -> {
                put(path, "get", connection(path, type, subresource, "get", ""));
                put(path, "post", connection(path, type, subresource, "post", ""));
            }
            default -> {
                for (String verb : subresource.verbs()) {
                    Action action = Action.ofVerb(verb);
                    put(path, action.method(), operation(path, type, subresource, action));
                }
            }
        }
    }

    private void put(String path, String method, Operation operation) {
        paths.computeIfAbsent(path, key -> new PathItem()).put(method, operation);
    }

    private Operation connection(
            String path, ResourceType type, Subresource subresource, String method, String suffix) {
        String name = Action.CONNECT.operation()
                + OperationNames.groupVersion(type.kind())
                + OperationNames.capital(method)
                + PathsWriter.scoped(type)
                + OperationNames.capital(subresource.name())
                + suffix;
        List<Parameter> taken =
                new ArrayList<>(parameters.ofPath(path, subresource.kind().kind()));
        taken.addAll(parameters.ofConnection(subresource.kind().kind()));
        return new Operation(
                Action.CONNECT,
                name,
                Doings.of(Action.CONNECT, subresource.name(), type.kind().kind(), method.toUpperCase(Locale.ROOT)),
                OperationNames.tag(type.kind()),
                subresource.kind(),
                null,
                null,
                false,
                ANYTHING,
                ANYTHING,
                taken);
    }

    private Operation operation(String path, ResourceType type, Subresource subresource, Action action) {
        boolean log = subresource.name().equals("log");
        String body = log ? null : PathsWriter.definition(subresource.kind());
        List<Parameter> taken =
                new ArrayList<>(parameters.ofPath(path, subresource.kind().kind()));
        taken.add(parameters.pretty());
        taken.addAll(log ? parameters.ofConnection("PodLogOptions") : parameters.of(action));
        return new Operation(
                action,
                action.operation()
                        + OperationNames.groupVersion(type.kind())
                        + PathsWriter.scoped(type)
                        + OperationNames.capital(subresource.name()),
                Doings.of(action, subresource.name(), type.kind().kind(), ""),
                OperationNames.tag(type.kind()),
                subresource.kind(),
                request(action, body),
                body,
                action == Action.CREATE,
                action == Action.PATCH ? served.patches() : ANYTHING,
                log ? withText(served.objects()) : served.objects(),
                taken);
    }

    private static @Nullable String request(Action action, @Nullable String body) {
        return switch (action) {
            case CREATE, UPDATE -> body;
            case PATCH -> PathsWriter.PATCH;
            case GET, LIST, DELETE, DELETE_COLLECTION, WATCH_LIST, WATCH, CONNECT -> null;
        };
    }

    private static List<String> withText(List<String> objects) {
        List<String> all = new ArrayList<>();
        all.add("text/plain");
        all.addAll(objects);
        return all;
    }
}
