package io.kubespring.kubelet.server;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out who calls: by a client certificate that the client CA signed, or by a token that the API server reviews. */
final class CallerAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(CallerAuthenticator.class);
    private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);
    private static final int MOST_TOKENS = 1000;

    private final List<X509Certificate> authorities;
    private final boolean anonymous;
    private final boolean webhook;
    private final KubeClient client;
    private final TimeSource time;
    private final ExpiringCache<String, Optional<Caller>> reviewed;

    CallerAuthenticator(
            List<X509Certificate> authorities, boolean anonymous, boolean webhook, KubeClient client, TimeSource time) {
        this.authorities = authorities;
        this.anonymous = anonymous;
        this.webhook = webhook;
        this.client = client;
        this.time = time;
        this.reviewed = new ExpiringCache<>(time, MOST_TOKENS);
    }

    /** Null where the credentials are no good, or there are none and anonymous requests are refused. */
    @Nullable
    Caller authenticate(List<X509Certificate> chain, @Nullable String authorization) {
        if (!chain.isEmpty()) {
            Caller caller = fromCertificate(chain.getFirst());
            if (caller != null) {
                return caller;
            }
        }
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return webhook ? fromToken(authorization.substring(7).strip()) : null;
        }
        return anonymous ? Caller.ANONYMOUS : null;
    }

    private @Nullable Caller fromCertificate(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(time.now()));
            var purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && !purposes.contains(CLIENT_PURPOSE)) {
                return null;
            }
            return authorities.stream().anyMatch(authority -> signed(authority, certificate))
                    ? subject(certificate)
                    : null;
        } catch (GeneralSecurityException | InvalidNameException refused) {
            LOG.debug("client certificate refused: {}", refused.toString());
            return null;
        }
    }

    private static boolean signed(X509Certificate authority, X509Certificate certificate) {
        try {
            if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                return false;
            }
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    private static Caller subject(X509Certificate certificate) throws InvalidNameException {
        String name = "";
        var groups = new ArrayList<String>();
        for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            switch (part.getType()) {
                case "CN" -> name = part.getValue().toString();
                case "O" -> groups.add(part.getValue().toString());
                default -> {}
            }
        }
        groups.add("system:authenticated");
        return new Caller(name, "", groups, Map.of());
    }

    private @Nullable Caller fromToken(String token) {
        String key = digest(token);
        Optional<Caller> answer = reviewed.get(key).orElse(null);
        if (answer == null) {
            answer = review(token);
            reviewed.put(key, answer, TOKEN_LIFE);
        }
        return answer.orElse(null);
    }

    private Optional<Caller> review(String token) {
        ObjectNode review =
                Json.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("spec").put("token", token);
        byte[] answer = client.call(
                        "POST",
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        Map.of("content-type", "application/json", "accept", "application/json"),
                        Json.write(review))
                .block();
        JsonNode status = Json.readObject(Objects.requireNonNull(answer)).path("status");
        if (!status.path("authenticated").asBoolean(false)) {
            return Optional.empty();
        }
        JsonNode user = status.path("user");
        var groups = new ArrayList<String>();
        user.path("groups").forEach(group -> groups.add(group.asString()));
        var extra = new HashMap<String, List<String>>();
        for (var entry : user.path("extra").properties()) {
            var values = new ArrayList<String>();
            entry.getValue().forEach(value -> values.add(value.asString()));
            extra.put(entry.getKey(), values);
        }
        return Optional.of(
                new Caller(user.path("username").asString(""), user.path("uid").asString(""), groups, extra));
    }

    /** Tokens themselves are not kept. */
    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
