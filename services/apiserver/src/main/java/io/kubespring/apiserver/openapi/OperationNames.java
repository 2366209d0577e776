package io.kubespring.apiserver.openapi;

import io.kubespring.api.GroupVersionKind;
import java.util.Locale;

/** Names by which generated clients know groups and operations ("AppsV1", "apps_v1"). */
final class OperationNames {

    private OperationNames() {}

    /** "CoreV1", "RbacAuthorizationV1". */
    static String groupVersion(GroupVersionKind kind) {
        return group(kind) + capital(kind.version());
    }

    /** "core_v1", "rbacAuthorization_v1". */
    static String tag(GroupVersionKind kind) {
        String group = group(kind);
        return group.substring(0, 1).toLowerCase(Locale.ROOT) + group.substring(1) + "_" + kind.version();
    }

    static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String group(GroupVersionKind kind) {
        String group = kind.group().isEmpty() ? "core" : kind.group();
        String bare = group.endsWith(".k8s.io") ? group.substring(0, group.length() - ".k8s.io".length()) : group;
        StringBuilder name = new StringBuilder();
        for (String each : bare.split("[.-]")) {
            name.append(capital(each));
        }
        return name.toString();
    }
}
