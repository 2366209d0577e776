package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.apiserver.openapi.OperationWriter.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths that are no resources: discovery, the version, and what issues tokens. */
final class DiscoveryPaths {

    private static final String META = PathsWriter.META;
    private static final List<String> JSON = List.of("application/json");

    private DiscoveryPaths() {}

    /** @param path with a slash at its end, as upstream writes them */
    record Named(String path, Operation operation) {}

    static Named api() {
        return discovery("/api/", "getCoreAPIVersions", "get available API versions", "core", "APIVersions");
    }

    static Named apis() {
        return discovery("/apis/", "getAPIVersions", "get available API versions", "apis", "APIGroupList");
    }

    static Named group(String group) {
        var any = new GroupVersionKind(group, "", "");
        String tag = OperationNames.tag(any);
        return discovery(
                "/apis/" + group + "/",
                "get" + OperationNames.groupVersion(any) + "APIGroup",
                "get information of a group",
                tag.substring(0, tag.length() - 1),
                "APIGroup");
    }

    static Named version(GroupVersionKind version, Served served) {
        return new Named(
                (version.group().isEmpty() ? "/api/" : "/apis/") + version.apiVersion() + "/",
                operation(
                        "get" + OperationNames.groupVersion(version) + "APIResources",
                        "get available resources",
                        OperationNames.tag(version),
                        META + "APIResourceList",
                        served.objects(),
                        served.objects()));
    }

    /** What stands beside discovery. */
    static List<Named> others() {
        return List.of(
                new Named(
                        "/version/",
                        operation(
                                "getCodeVersion",
                                "get the version of this server",
                                "version",
                                "io.k8s.apimachinery.pkg.version.Info",
                                JSON,
                                JSON)),
                new Named(
                        "/.well-known/openid-configuration/",
                        operation(
                                "getServiceAccountIssuerOpenIDConfiguration",
                                "get the OpenID configuration of who issues service accounts' tokens",
                                "WellKnown",
                                null,
                                List.of(),
                                JSON)),
                new Named(
                        "/openid/v1/jwks/",
                        operation(
                                "getServiceAccountIssuerOpenIDKeyset",
                                "get the public keys that service accounts' tokens are verified with",
                                "openid",
                                null,
                                List.of(),
                                List.of("application/jwk-set+json"))));
    }

    private static Named discovery(String path, String name, String description, String tag, String kind) {
        return new Named(path, operation(name, description, tag, META + kind, Served.DOCUMENTS, Served.DOCUMENTS));
    }

    private static Operation operation(
            String name,
            String description,
            String tag,
            @Nullable String response,
            List<String> consumed,
            List<String> produced) {
        return new Operation(null, name, description, tag, null, null, response, false, consumed, produced, List.of());
    }
}
