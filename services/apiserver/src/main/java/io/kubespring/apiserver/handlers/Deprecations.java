package io.kubespring.apiserver.handlers;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;
import java.util.Map;

/** Resources that are served and should no longer be used: every answer about them says so in a Warning header. */
public final class Deprecations {

    private static final Map<GroupVersionKind, List<String>> WARNINGS = Map.of(
            new GroupVersionKind("", "v1", "ComponentStatus"),
            List.of("v1 ComponentStatus is deprecated in v1.19+"),
            new GroupVersionKind("", "v1", "Endpoints"),
            List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"));

    private Deprecations() {}

    public static boolean concerns(ResourceType type) {
        return WARNINGS.containsKey(type.kind());
    }

    public static ApiResponse warned(ResourceType type, ApiResponse answer) {
        List<String> warnings = WARNINGS.get(type.kind());
        return warnings == null ? answer : answer.warned(warnings);
    }
}
