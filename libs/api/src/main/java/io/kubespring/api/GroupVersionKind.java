package io.kubespring.api;

/**
 * Names a kind in one version of one API group.
 *
 * @param group empty for the core group
 */
public record GroupVersionKind(String group, String version, String kind) {

    /** Splits an {@code apiVersion} ("v1", "apps/v1"). */
    public static GroupVersionKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersionKind("", apiVersion, kind)
                : new GroupVersionKind(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /** "v1" for the core group, else "group/version". */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
