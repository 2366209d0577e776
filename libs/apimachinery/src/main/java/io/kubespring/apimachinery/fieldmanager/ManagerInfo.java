package io.kubespring.apimachinery.fieldmanager;

/**
 * Who writes, and through which door: the identity of an entry of managedFields.
 *
 * @param name the field manager; empty means "unknown"
 * @param operation {@link #APPLY} or {@link #UPDATE}
 * @param apiVersion the version of the request ("apps/v1")
 * @param subresource "status", "scale"; empty for the object itself
 */
public record ManagerInfo(String name, String operation, String apiVersion, String subresource) {

    public static final String APPLY = "Apply";
    public static final String UPDATE = "Update";

    public ManagerInfo {
        name = name.isEmpty() ? "unknown" : name;
    }

    public boolean applied() {
        return operation.equals(APPLY);
    }
}
