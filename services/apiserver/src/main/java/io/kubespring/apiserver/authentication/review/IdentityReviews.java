package io.kubespring.apiserver.authentication.review;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Answers TokenReview ("whose token is this?") and SelfSubjectReview ("who am I?"). Nothing is stored. */
public final class IdentityReviews {

    private final BearerTokenAuthenticator tokens;
    private final TimeSource time;

    public IdentityReviews(BearerTokenAuthenticator tokens, TimeSource time) {
        this.tokens = tokens;
        this.time = time;
    }

    /** Fills the status of a copy of {@code review}. */
    public ObjectNode tokenReview(ObjectNode review) {
        ObjectNode answer = review.deepCopy();
        String token = review.path("spec").path("token").asString("");
        if (token.isEmpty()) {
            throw StatusException.badRequest("token is required for TokenReview in authentication");
        }
        var wanted = new ArrayList<String>();
        review.path("spec").path("audiences").forEach(each -> wanted.add(each.asString("")));
        List<String> audiences = wanted.isEmpty() ? tokens.apiAudiences() : wanted;
        ObjectNode status = answer.putObject("status");
        switch (tokens.authenticate(token, audiences)) {
            case Authentication.Authenticated proof -> {
                status.put("authenticated", true);
                status.set("user", userTree(proof.user().withGroup(UserInfo.AUTHENTICATED_GROUP)));
                if (!wanted.isEmpty() || !proof.audiences().isEmpty()) {
                    var array = status.putArray("audiences");
                    (proof.audiences().isEmpty() ? audiences : proof.audiences()).forEach(array::add);
                }
            }
            case Authentication.Rejected rejected -> {
                status.putObject("user");
                status.put("error", rejected.reason());
            }
            case Authentication.NoOpinion nothing -> status.putObject("user");
        }
        return answer;
    }

    /** Fills the status of a copy of {@code review} with the user who asks. */
    public ObjectNode selfSubjectReview(ObjectNode review, UserInfo user) {
        ObjectNode answer = review.deepCopy();
        // Nothing that the client says about itself is repeated.
        answer.putObject("metadata")
                .put(
                        "creationTimestamp",
                        time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.putObject("status").set("userInfo", userTree(user));
        return answer;
    }

    /** The {@code authentication.k8s.io/v1 UserInfo} of a user. */
    public static ObjectNode userTree(UserInfo user) {
        ObjectNode tree = Json.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            tree.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            user.groups().forEach(tree.putArray("groups")::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = tree.putObject("extra");
            new TreeMap<>(user.extra()).forEach((key, values) -> values.forEach(extra.withArrayProperty(key)::add));
        }
        return tree;
    }
}
