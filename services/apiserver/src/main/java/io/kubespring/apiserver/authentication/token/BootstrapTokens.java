package io.kubespring.apiserver.authentication.token;

import io.kubespring.api.GroupResource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * "Authenticating with bootstrap tokens": {@code id.secret}, kept in the Secret {@code bootstrap-token-<id>} of
 * kube-system, as long as that allows authentication and has not expired.
 */
public final class BootstrapTokens implements TokenAuthenticator {

    private static final GroupResource SECRETS = new GroupResource("", "secrets");
    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern GROUP = Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    private final ObjectSource objects;
    private final TimeSource time;

    public BootstrapTokens(ObjectSource objects, TimeSource time) {
        this.objects = objects;
        this.time = time;
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Authentication.NO_OPINION;
        }
        String id = parts.group(1);
        ObjectSource.Item item = objects.get(SECRETS, "kube-system", "bootstrap-token-" + id);
        if (item == null || !holds(item.tree(), id, parts.group(2))) {
            return Authentication.NO_OPINION;
        }
        var groups = new ArrayList<String>();
        groups.add("system:bootstrappers");
        for (String group : data(item.tree(), "auth-extra-groups").split(",")) {
            if (GROUP.matcher(group.strip()).matches()) {
                groups.add(group.strip());
            }
        }
        return new Authentication.Authenticated(
                new UserInfo("system:bootstrap:" + id, "", groups, Map.of()), audiences);
    }

    private boolean holds(JsonNode secret, String id, String shown) {
        return secret.path("type").asString("").equals("bootstrap.kubernetes.io/token")
                && !secret.path("metadata").has("deletionTimestamp")
                && MessageDigest.isEqual(
                        data(secret, "token-secret").getBytes(StandardCharsets.UTF_8),
                        shown.getBytes(StandardCharsets.UTF_8))
                && data(secret, "token-id").equals(id)
                && data(secret, "usage-bootstrap-authentication").equals("true")
                && !expired(data(secret, "expiration"));
    }

    private boolean expired(String expiration) {
        try {
            return !expiration.isEmpty() && !time.now().isBefore(Instant.parse(expiration));
        } catch (DateTimeException unreadable) {
            return true;
        }
    }

    private static String data(JsonNode secret, String key) {
        try {
            return new String(
                    Base64.getDecoder().decode(secret.path("data").path(key).asString("")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
