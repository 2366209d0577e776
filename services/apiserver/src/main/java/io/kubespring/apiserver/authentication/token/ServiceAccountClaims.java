package io.kubespring.apiserver.authentication.token;

import io.kubespring.api.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service-account token says (KEP 1205, "Bound Service Account Tokens"). Times have a resolution of seconds.
 *
 * @param id the "jti"
 * @param pod the pod that the token dies with; null if it is bound to none
 * @param node where that pod ran when the token was issued, or the node that the token is bound to
 * @param warnAfter from when on its use is only tolerated; null for tokens whose expiry was not extended
 */
public record ServiceAccountClaims(
        String issuer,
        List<String> audiences,
        Instant expiry,
        Instant notBefore,
        Instant issuedAt,
        String id,
        String namespace,
        Reference serviceAccount,
        @Nullable Reference pod,
        @Nullable Reference secret,
        @Nullable Reference node,
        @Nullable Instant warnAfter) {

    private static final String PRIVATE = "kubernetes.io";
    private static final String SUBJECT_PREFIX = "system:serviceaccount:";

    /** @param uid empty if it is not known */
    public record Reference(String name, String uid) {}

    public String subject() {
        return SUBJECT_PREFIX + namespace + ":" + serviceAccount.name();
    }

    byte[] toJson() {
        ObjectNode claims = Json.object();
        audiences.forEach(claims.putArray("aud")::add);
        claims.put("exp", expiry.getEpochSecond())
                .put("iat", issuedAt.getEpochSecond())
                .put("iss", issuer)
                .put("jti", id);
        ObjectNode bound = claims.putObject(PRIVATE).put("namespace", namespace);
        put(bound, "node", node);
        put(bound, "pod", pod);
        put(bound, "secret", secret);
        put(bound, "serviceaccount", serviceAccount);
        if (warnAfter != null) {
            bound.put("warnafter", warnAfter.getEpochSecond());
        }
        claims.put("nbf", notBefore.getEpochSecond()).put("sub", subject());
        return Json.write(claims);
    }

    private static void put(ObjectNode bound, String field, @Nullable Reference reference) {
        if (reference != null) {
            ObjectNode object = bound.putObject(field).put("name", reference.name());
            if (!reference.uid().isEmpty()) {
                object.put("uid", reference.uid());
            }
        }
    }

    /** @throws IllegalArgumentException if a claim is missing, or the subject and the private claims disagree */
    static ServiceAccountClaims parse(JsonNode claims) {
        JsonNode bound = claims.path(PRIVATE);
        Reference account = reference(bound, "serviceaccount");
        if (account == null) {
            throw new IllegalArgumentException("no service account claim");
        }
        var parsed = new ServiceAccountClaims(
                claims.path("iss").asString(""),
                audiences(claims.path("aud")),
                time(claims, "exp"),
                time(claims, "nbf"),
                time(claims, "iat"),
                claims.path("jti").asString(""),
                bound.path("namespace").asString(""),
                account,
                reference(bound, "pod"),
                reference(bound, "secret"),
                reference(bound, "node"),
                bound.has("warnafter") ? time(bound, "warnafter") : null);
        if (!parsed.subject().equals(claims.path("sub").asString(""))) {
            throw new IllegalArgumentException("subject does not match the service account");
        }
        return parsed;
    }

    private static List<String> audiences(JsonNode claim) {
        if (claim.isString()) {
            return List.of(claim.stringValue());
        }
        var audiences = new ArrayList<String>();
        claim.forEach(each -> audiences.add(each.asString("")));
        return List.copyOf(audiences);
    }

    private static Instant time(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("no time claim \"" + name + "\"");
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    private static @Nullable Reference reference(JsonNode bound, String field) {
        JsonNode object = bound.path(field);
        String name = object.path("name").asString("");
        return name.isEmpty() ? null : new Reference(name, object.path("uid").asString(""));
    }
}
