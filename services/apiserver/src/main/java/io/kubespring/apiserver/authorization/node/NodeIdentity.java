package io.kubespring.apiserver.authorization.node;

import io.kubespring.apiserver.authentication.UserInfo;
import org.jspecify.annotations.Nullable;

/** Which users are kubelets: named {@code system:node:<name>}, in the group {@code system:nodes}. */
public final class NodeIdentity {

    public static final String GROUP = "system:nodes";
    private static final String PREFIX = "system:node:";

    private NodeIdentity() {}

    /** @return the node's name; empty for a member of the group without a node's name; null for anybody else */
    public static @Nullable String of(UserInfo user) {
        if (!user.inGroup(GROUP)) {
            return null;
        }
        return user.name().startsWith(PREFIX) ? user.name().substring(PREFIX.length()) : "";
    }
}
