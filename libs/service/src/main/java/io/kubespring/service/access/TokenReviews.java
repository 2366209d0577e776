package io.kubespring.service.access;

import io.kubespring.api.json.Json;
import io.kubespring.client.KubeClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whose token it is, asked of the API server once in a while (TokenReview). Failures are not remembered. */
public final class TokenReviews {

    private static final int MOST_TOKENS = 1000;

    private final KubeClient client;
    private final Duration life;
    private final ExpiringCache<String, Optional<Caller>> reviewed;

    /** @param life how long an answer holds */
    public TokenReviews(KubeClient client, Duration life) {
        this.client = client;
        this.life = life;
        this.reviewed = new ExpiringCache<>(client.time(), MOST_TOKENS);
    }

    /** @return empty where nobody has this token */
    public Mono<Caller> caller(String token) {
        String key = digest(token);
        Optional<Caller> known = reviewed.get(key).orElse(null);
        return known != null
                ? Mono.justOrEmpty(known)
                : review(token)
                        .doOnNext(answer -> reviewed.put(key, answer, life))
                        .flatMap(Mono::justOrEmpty);
    }

    private Mono<Optional<Caller>> review(String token) {
        ObjectNode review =
                Json.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("spec").put("token", token);
        return Reviews.ask(client, "/apis/authentication.k8s.io/v1/tokenreviews", review)
                .map(TokenReviews::read);
    }

    private static Optional<Caller> read(JsonNode status) {
        if (!status.path("authenticated").asBoolean(false)) {
            return Optional.empty();
        }
        JsonNode user = status.path("user");
        var extra = new HashMap<String, List<String>>();
        for (var entry : user.path("extra").properties()) {
            extra.put(entry.getKey(), strings(entry.getValue()));
        }
        return Optional.of(new Caller(
                user.path("username").asString(""),
                user.path("uid").asString(""),
                strings(user.path("groups")),
                extra));
    }

    private static List<String> strings(JsonNode array) {
        var values = new ArrayList<String>();
        array.forEach(value -> values.add(value.asString()));
        return values;
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
