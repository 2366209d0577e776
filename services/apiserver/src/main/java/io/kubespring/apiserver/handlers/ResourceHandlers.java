package io.kubespring.apiserver.handlers;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.request.RequestInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the handler of a request for a resource: the generic one of its verb, or a subresource's own, registered as
 * "verb group/resource/subresource".
 */
public final class ResourceHandlers {

    private static final String PROXY = "proxy";

    private final Map<String, VerbHandler> generic;
    private final Map<String, VerbHandler> special = new HashMap<>();

    /** @param generic by verb */
    public ResourceHandlers(Map<String, VerbHandler> generic) {
        this.generic = Map.copyOf(generic);
    }

    /** @param subresource empty for a resource that is never stored (a review) */
    public ResourceHandlers with(String verb, String group, String resource, String subresource, VerbHandler handler) {
        special.put(verb + " " + group + "/" + resource + "/" + subresource, handler);
        return this;
    }

    /** @throws StatusException 404 or 405 where there is none */
    public VerbHandler find(Call call) {
        var info = call.info();
        checkScope(call);
        if (call.request().method().equals("HEAD") && !PROXY.equals(info.subresource())) {
            throw notAllowed();
        }
        if (!special.isEmpty() && (!info.subresource().isEmpty() || !call.type().stored())) {
            VerbHandler own =
                    special.get(info.verb() + " " + info.apiGroup() + "/" + info.resource() + "/" + info.subresource());
            if (own != null) {
                return own;
            }
        }
        if (!verbs(call).contains(info.verb()) || namedWrongly(info)) {
            throw notAllowed();
        }
        VerbHandler handler = generic.get(info.verb());
        if (handler == null || !call.type().stored()) {
            throw notAllowed();
        }
        return handler;
    }

    private static java.util.Set<String> verbs(Call call) {
        String subresource = call.subresource();
        if (subresource.isEmpty()) {
            return call.type().verbs();
        }
        var found = call.type().subresource(subresource);
        if (found == null) {
            throw notServed();
        }
        return found.kind().equals(call.type().kind()) ? found.verbs() : java.util.Set.of();
    }

    /** A namespaced object is only found in its namespace, a cluster-scoped one only without. */
    private static void checkScope(Call call) {
        var info = call.info();
        boolean inNamespace = !info.namespace().isEmpty() && !info.resource().equals("namespaces");
        if (inNamespace && !call.type().namespaced()) {
            throw notServed();
        }
        boolean needsNamespace = !info.name().isEmpty() || info.verb().equals("create");
        boolean named = !info.verb().equals("list") && !info.verb().equals("watch");
        if (needsNamespace
                && named
                && call.type().namespaced()
                && info.namespace().isEmpty()) {
            throw info.verb().equals("create") ? notAllowed() : notServed();
        }
    }

    /** A collection is created into, an object is changed. */
    private static boolean namedWrongly(RequestInfo info) {
        return switch (info.verb()) {
            case "create" -> !info.name().isEmpty() && info.subresource().isEmpty();
            case "update", "patch" -> info.name().isEmpty();
            default -> false;
        };
    }

    private static StatusException notServed() {
        return StatusException.noSuchResource();
    }

    static StatusException notAllowed() {
        return StatusException.noSuchMethod();
    }
}
