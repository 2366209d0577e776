package io.kubespring.apiserver.authentication.impersonation;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authentication.token.ServiceAccountAuthenticator;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ForbiddenMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * "User impersonation": the {@code Impersonate-*} headers replace the user of a request, after authorization of the verb
 * "impersonate" for the user, every group, the uid and every extra value. Any single refusal refuses the request.
 */
public final class Impersonation {

    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String IDENTITY_GROUP = "authentication.k8s.io";
    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";

    private final Authorizer authorizer;

    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /**
     * @param headers lower-case names
     * @return {@code requester} itself when nobody is impersonated
     * @throws StatusException 403 if the requester may not, 400 if no user is named
     */
    public UserInfo effectiveUser(UserInfo requester, Map<String, List<String>> headers) {
        if (!isAsked(headers)) {
            return requester;
        }
        String user = single(headers, USER);
        List<String> groups = headers.getOrDefault(GROUP, List.of());
        String uid = single(headers, UID);
        Map<String, List<String>> extra = extra(headers);
        if (user.isEmpty()) {
            throw StatusException.badRequest("requested groups, uid or extra without impersonating a user");
        }
        String[] account = serviceAccount(user);
        if (account.length == 2) {
            check(requester, "", "serviceaccounts", "", account[0], account[1]);
        } else {
            check(requester, "", "users", "", "", user);
        }
        groups.forEach(group -> check(requester, "", "groups", "", "", group));
        if (!uid.isEmpty()) {
            check(requester, IDENTITY_GROUP, "uids", "", "", uid);
        }
        extra.forEach((key, values) ->
                values.forEach(value -> check(requester, IDENTITY_GROUP, "userextras", key, "", value)));
        return new UserInfo(user, uid, effectiveGroups(user, account, groups), extra);
    }

    private static boolean isAsked(Map<String, List<String>> headers) {
        if (headers.containsKey(USER) || headers.containsKey(GROUP) || headers.containsKey(UID)) {
            return true;
        }
        for (String header : headers.keySet()) {
            if (header.startsWith(EXTRA)) {
                return true;
            }
        }
        return false;
    }

    private static String single(Map<String, List<String>> headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static Map<String, List<String>> extra(Map<String, List<String>> headers) {
        var extra = new TreeMap<String, List<String>>();
        headers.forEach((header, values) -> {
            if (header.startsWith(EXTRA) && header.length() > EXTRA.length()) {
                extra.put(decode(header.substring(EXTRA.length())), List.copyOf(values));
            }
        });
        return extra;
    }

    private static String decode(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return key;
        }
    }

    /** Namespace and name of a service account's user name; empty for another user. */
    private static String[] serviceAccount(String user) {
        if (!user.startsWith(ACCOUNT_PREFIX)) {
            return new String[0];
        }
        String[] parts = user.substring(ACCOUNT_PREFIX.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts : new String[0];
    }

    private void check(
            UserInfo requester, String group, String resource, String subresource, String namespace, String name) {
        var attributes = Attributes.resource(requester, "impersonate", group, resource, subresource, namespace, name);
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw ForbiddenMessage.of(attributes, decision.reason());
        }
    }

    private static List<String> effectiveGroups(String user, String[] account, List<String> asked) {
        var groups = new ArrayList<>(asked);
        if (asked.isEmpty() && account.length == 2) {
            groups.addAll(ServiceAccountAuthenticator.groups(account[0]));
        }
        boolean says = groups.contains(UserInfo.AUTHENTICATED_GROUP) || groups.contains(UserInfo.UNAUTHENTICATED_GROUP);
        if (!says) {
            groups.add(user.equals(UserInfo.ANONYMOUS) ? UserInfo.UNAUTHENTICATED_GROUP : UserInfo.AUTHENTICATED_GROUP);
        }
        return groups;
    }
}
