package io.kubespring.apiserver.request;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.Attributes;

/**
 * What a request's path and method mean. The one decoding that routing, authorization and metrics share. Strings that do
 * not apply are empty.
 *
 * @param verb get, list, watch, create, update, patch, delete, deletecollection; the lower-case method for a path
 * @param path decoded
 * @param apiPrefix "api" or "apis"
 * @param fieldSelector of a collection, as the query says it
 * @param rawSuffix what follows the subresource in the path, still encoded, without leading slash (proxy)
 */
public record RequestInfo(
        boolean resourceRequest,
        String path,
        String verb,
        String apiPrefix,
        String apiGroup,
        String apiVersion,
        String namespace,
        String resource,
        String subresource,
        String name,
        String fieldSelector,
        String rawSuffix) {

    static RequestInfo path(String path, String verb) {
        return new RequestInfo(false, path, verb, "", "", "", "", "", "", "", "", "");
    }

    /** The question that authorization answers. */
    public Attributes attributes(UserInfo user) {
        return new Attributes(
                user,
                verb,
                apiGroup,
                apiVersion,
                resource,
                subresource,
                namespace,
                name,
                path,
                resourceRequest,
                fieldSelector);
    }

    /** "v1" or "apps/v1". */
    public String groupVersion() {
        return apiGroup.isEmpty() ? apiVersion : apiGroup + "/" + apiVersion;
    }
}
