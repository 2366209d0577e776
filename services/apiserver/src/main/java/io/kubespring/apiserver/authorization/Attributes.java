package io.kubespring.apiserver.authorization;

import io.kubespring.apiserver.authentication.UserInfo;

/**
 * What a user asks to do, as authorizers see it. Strings that do not apply are empty.
 *
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, …, or the lower-case HTTP method for a
 *     path
 * @param path the decoded path; only meaningful when {@code resourceRequest} is false
 * @param resourceRequest whether this is about an API object rather than a path such as {@code /healthz}
 * @param fieldSelector of a list, watch or deletecollection, as the query says it
 */
public record Attributes(
        UserInfo user,
        String verb,
        String apiGroup,
        String apiVersion,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path,
        boolean resourceRequest,
        String fieldSelector) {

    /** Without a selector. */
    public Attributes(
            UserInfo user,
            String verb,
            String apiGroup,
            String apiVersion,
            String resource,
            String subresource,
            String namespace,
            String name,
            String path,
            boolean resourceRequest) {
        this(user, verb, apiGroup, apiVersion, resource, subresource, namespace, name, path, resourceRequest, "");
    }

    /** About an object or a collection. */
    public static Attributes resource(
            UserInfo user,
            String verb,
            String apiGroup,
            String resource,
            String subresource,
            String namespace,
            String name) {
        return new Attributes(user, verb, apiGroup, "*", resource, subresource, namespace, name, "", true);
    }

    /** About a path that is no API object. */
    public static Attributes path(UserInfo user, String verb, String path) {
        return new Attributes(user, verb, "", "", "", "", "", "", path, false);
    }

    /** "pods" or "pods/log". */
    public String qualifiedResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
}
