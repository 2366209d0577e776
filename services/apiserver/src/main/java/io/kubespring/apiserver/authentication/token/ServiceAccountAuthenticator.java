package io.kubespring.apiserver.authentication.token;

import com.nimbusds.jose.JWSObject;
import io.kubespring.api.cache.BoundedCache;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authentication.token.ServiceAccountClaims.Reference;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * "Service account tokens": signed by one of our keys, of one of our issuers, for one of the wanted audiences, inside its
 * time, and bound to objects that still exist. A verified signature is remembered (it cannot change); time, audience and
 * bound objects are looked at on every request, so a deleted pod's token dies at once.
 */
public final class ServiceAccountAuthenticator implements TokenAuthenticator {

    static final String ALL_ACCOUNTS_GROUP = "system:serviceaccounts";
    private static final String EXTRA = "authentication.kubernetes.io/";
    private static final int LONGEST_TOKEN = 64 * 1024;
    private static final int CACHED_TOKENS = 4096;
    /** Clocks of several servers may differ. */
    private static final Duration CLOCK_LEEWAY = Duration.ofMinutes(1);

    private record Verified(ServiceAccountClaims claims, UserInfo user) {}

    private final List<String> issuers;
    private final VerificationKeys keys;
    private final BoundObjects boundObjects;
    private final TimeSource time;
    private final BoundedCache<String, Verified> signed = new BoundedCache<>(CACHED_TOKENS);

    /** @param issuers all whose tokens are accepted; the first is the one that issues */
    public ServiceAccountAuthenticator(
            List<String> issuers, VerificationKeys keys, ObjectSource objects, TimeSource time) {
        this.issuers = List.copyOf(issuers);
        this.keys = keys;
        this.boundObjects = new BoundObjects(objects);
        this.time = time;
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        if (token.length() > LONGEST_TOKEN) {
            return Authentication.NO_OPINION;
        }
        String fingerprint = fingerprint(token);
        Verified verified = signed.get(fingerprint);
        if (verified == null) {
            JWSObject parsed = parse(token);
            JsonNode payload = parsed == null ? null : payload(parsed);
            if (parsed == null
                    || payload == null
                    || !issuers.contains(payload.path("iss").asString(""))) {
                return Authentication.NO_OPINION;
            }
            if (!JsonWebSignature.verified(parsed, keys)) {
                return new Authentication.Rejected("no key verifies the signature of the service account token");
            }
            try {
                var claims = ServiceAccountClaims.parse(payload);
                verified = new Verified(claims, user(claims));
            } catch (IllegalArgumentException malformed) {
                return new Authentication.Rejected("service account token claims: " + malformed.getMessage());
            }
            signed.put(fingerprint, verified);
        }
        return judge(verified, audiences, time.now());
    }

    private Authentication judge(Verified verified, List<String> audiences, Instant now) {
        ServiceAccountClaims claims = verified.claims();
        if (!now.minus(CLOCK_LEEWAY).isBefore(claims.expiry())) {
            return new Authentication.Rejected("service account token has expired");
        }
        if (now.plus(CLOCK_LEEWAY).isBefore(claims.notBefore())) {
            return new Authentication.Rejected("service account token is not valid yet");
        }
        List<String> common =
                audiences.stream().filter(claims.audiences()::contains).toList();
        if (common.isEmpty()) {
            return new Authentication.Rejected(
                    "token audiences " + claims.audiences() + " is invalid for the target audiences " + audiences);
        }
        String failure = boundObjects.failure(claims, now);
        return failure == null
                ? new Authentication.Authenticated(verified.user(), common)
                : new Authentication.Rejected(failure);
    }

    private static UserInfo user(ServiceAccountClaims claims) {
        var extra = new HashMap<String, List<String>>();
        if (!claims.id().isEmpty()) {
            extra.put(UserInfo.CREDENTIAL_ID, List.of("JTI=" + claims.id()));
        }
        put(extra, "pod", claims.pod());
        put(extra, "node", claims.node());
        return new UserInfo(claims.subject(), claims.serviceAccount().uid(), groups(claims.namespace()), extra);
    }

    private static void put(Map<String, List<String>> extra, String kind, @Nullable Reference reference) {
        if (reference != null) {
            extra.put(EXTRA + kind + "-name", List.of(reference.name()));
            if (!reference.uid().isEmpty()) {
                extra.put(EXTRA + kind + "-uid", List.of(reference.uid()));
            }
        }
    }

    /** The groups of every service account of a namespace. */
    public static List<String> groups(String namespace) {
        return List.of(ALL_ACCOUNTS_GROUP, ALL_ACCOUNTS_GROUP + ":" + namespace);
    }

    private static @Nullable JWSObject parse(String token) {
        try {
            return JWSObject.parse(token);
        } catch (ParseException notSigned) {
            return null;
        }
    }

    private static @Nullable JsonNode payload(JWSObject token) {
        try {
            JsonNode payload = Json.mapper().readTree(token.getPayload().toBytes());
            return payload.isObject() ? payload : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static String fingerprint(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
