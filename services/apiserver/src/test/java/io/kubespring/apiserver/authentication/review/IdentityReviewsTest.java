package io.kubespring.apiserver.authentication.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.ManualTime;
import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authentication.token.BearerTokenAuthenticator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class IdentityReviewsTest {

    private static final UserInfo ALICE =
            new UserInfo("alice", "1", List.of("dev"), Map.of("scopes", List.of("a", "b")));

    private final IdentityReviews reviews = new IdentityReviews(
            new BearerTokenAuthenticator(
                    List.of((token, audiences) -> token.equals("good")
                            ? new Authentication.Authenticated(ALICE, audiences)
                            : Authentication.NO_OPINION),
                    List.of("api")),
            new ManualTime(Instant.parse("2026-05-01T12:00:00Z")));

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    @Test
    void goodTokenNamesItsUserAndAudiences() {
        assertThat(reviews.tokenReview(json("{'spec':{'token':'good','audiences':['vault']}}"))
                        .path("status"))
                .isEqualTo(
                        json(
                                "{'authenticated':true,'user':{'username':'alice','uid':'1',"
                                        + "'groups':['dev','system:authenticated'],'extra':{'scopes':['a','b']}},'audiences':['vault']}"));
    }

    @Test
    void badTokenIsAnAnswerNotAnError() {
        assertThat(reviews.tokenReview(json("{'spec':{'token':'bad'}}")).path("status"))
                .isEqualTo(json("{'user':{},'error':'invalid bearer token'}"));
        assertThatThrownBy(() -> reviews.tokenReview(json("{'spec':{}}"))).hasMessageContaining("token is required");
    }

    @Test
    void selfReviewTellsWhoIAm() {
        ObjectNode answer = reviews.selfSubjectReview(json("{'kind':'SelfSubjectReview'}"), ALICE);

        assertThat(answer.path("status").path("userInfo").path("username").stringValue())
                .isEqualTo("alice");
        assertThat(answer.path("metadata").path("creationTimestamp").stringValue())
                .isEqualTo("2026-05-01T12:00:00Z");
    }
}
