package io.kubespring.kinds.rbac;

import java.util.Collection;
import tools.jackson.databind.JsonNode;

/**
 * Whom a binding names.
 *
 * @param namespace only of a service account
 */
public record Subject(Kind kind, String namespace, String name) {

    public enum Kind {
        USER,
        GROUP,
        SERVICE_ACCOUNT,
        /** A kind this version does not know: matches nobody. */
        UNKNOWN
    }

    /** @param bindingNamespace where a RoleBinding lives: the default for a service account; empty for a cluster binding */
    public static Subject parse(JsonNode subject, String bindingNamespace) {
        String namespace = JsonStrings.text(subject, "namespace");
        return switch (JsonStrings.text(subject, "kind")) {
            case "User" -> new Subject(Kind.USER, "", JsonStrings.text(subject, "name"));
            case "Group" -> new Subject(Kind.GROUP, "", JsonStrings.text(subject, "name"));
            case "ServiceAccount" ->
                new Subject(
                        Kind.SERVICE_ACCOUNT,
                        namespace.isEmpty() ? bindingNamespace : namespace,
                        JsonStrings.text(subject, "name"));
            default -> new Subject(Kind.UNKNOWN, namespace, JsonStrings.text(subject, "name"));
        };
    }

    /** The user name that this subject stands for; a service account's is {@code system:serviceaccount:ns:name}. */
    public String userName() {
        return kind == Kind.SERVICE_ACCOUNT ? "system:serviceaccount:" + namespace + ":" + name : name;
    }

    public boolean matches(String user, Collection<String> groups) {
        return switch (kind) {
            case USER -> name.equals(user);
            case GROUP -> groups.contains(name);
            case SERVICE_ACCOUNT -> !namespace.isEmpty() && userName().equals(user);
            case UNKNOWN -> false;
        };
    }

    /** As upstream describes it in the reason of a decision. */
    @Override
    public String toString() {
        return switch (kind) {
            case USER -> "User \"" + name + "\"";
            case GROUP -> "Group \"" + name + "\"";
            case SERVICE_ACCOUNT -> "ServiceAccount \"" + name + "/" + namespace + "\"";
            case UNKNOWN -> "Unknown \"" + name + "\"";
        };
    }
}
