package io.kubespring.apiserver.authentication;

import io.kubespring.service.x509.CertificateSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who a request comes from, as authorization, admission and audit see it.
 *
 * @param name unique name ("system:node:n1", "alice")
 * @param uid empty if the authenticator knows none
 * @param groups in the order the authenticator gave them
 * @param extra further claims; keys are lower case
 */
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final String ANONYMOUS = "system:anonymous";
    public static final String UNAUTHENTICATED_GROUP = "system:unauthenticated";
    public static final String AUTHENTICATED_GROUP = "system:authenticated";
    /** Members may do everything: the authorizer asks nobody else. */
    public static final String MASTERS_GROUP = "system:masters";
    /** The server itself, when it works on its own store (bootstrap, allocation). */
    public static final String API_SERVER = "system:apiserver";

    /** The key under which an authenticator says which credential was shown. */
    public static final String CREDENTIAL_ID = CertificateSubject.CREDENTIAL_ID;

    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** A user with no uid and no extra. */
    public static UserInfo of(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }

    public static UserInfo anonymous() {
        return of(ANONYMOUS, UNAUTHENTICATED_GROUP);
    }

    /** The loopback identity of the server's own work. */
    public static UserInfo apiServer() {
        return of(API_SERVER, MASTERS_GROUP, AUTHENTICATED_GROUP);
    }

    public boolean inGroup(String group) {
        return groups.contains(group);
    }

    /** The same user, also in {@code group}. */
    public UserInfo withGroup(String group) {
        if (groups.contains(group)) {
            return this;
        }
        var more = new ArrayList<>(groups);
        more.add(group);
        return new UserInfo(name, uid, more, extra);
    }
}
