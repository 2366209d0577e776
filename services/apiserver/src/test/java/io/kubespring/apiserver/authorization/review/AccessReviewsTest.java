package io.kubespring.apiserver.authorization.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.FakeObjects;
import io.kubespring.apiserver.authorization.rbac.RbacAuthorizer;
import io.kubespring.apiserver.authorization.rbac.RbacResources;
import io.kubespring.apiserver.authorization.rbac.RbacRules;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccessReviewsTest {

    private final FakeObjects objects = new FakeObjects()
            .put(
                    RbacResources.GROUP,
                    "clusterroles",
                    "{'metadata':{'name':'r'},'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']},"
                            + "{'nonResourceURLs':['/version'],'verbs':['get']}]}")
            .put(
                    RbacResources.GROUP,
                    "clusterrolebindings",
                    "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'r'},"
                            + "'subjects':[{'kind':'User','name':'alice'},{'kind':'Group','name':'dev'}]}");
    private final RbacRules rules = new RbacRules(objects);
    private final AccessReviews reviews = new AccessReviews(new RbacAuthorizer(rules), rules);

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }

    private static final String PODS = "'resourceAttributes':{'namespace':'a','verb':'get','resource':'pods'}";

    @Test
    void selfReviewAsksForTheRequester() {
        ObjectNode review = json("{'kind':'SelfSubjectAccessReview','spec':{" + PODS + "}}");

        JsonNode allowed = reviews.selfSubjectAccessReview(review, UserInfo.of("alice"));
        JsonNode refused = reviews.selfSubjectAccessReview(review, UserInfo.of("bob"));

        assertThat(allowed.path("status").path("allowed").booleanValue()).isTrue();
        assertThat(allowed.path("status").path("reason").stringValue()).startsWith("RBAC: allowed by");
        assertThat(refused.path("status")).isEqualTo(json("{'allowed':false}"));
        assertThat(review.has("status")).isFalse();
    }

    @Test
    void subjectReviewAsksForTheNamedUserOrGroups() {
        assertThat(reviews.subjectAccessReview(json("{'spec':{'user':'alice'," + PODS + "}}"))
                        .path("status")
                        .path("allowed")
                        .booleanValue())
                .isTrue();
        assertThat(reviews.subjectAccessReview(json("{'spec':{'groups':['dev']," + PODS + "}}"))
                        .path("status")
                        .path("allowed")
                        .booleanValue())
                .isTrue();
        assertThat(reviews.subjectAccessReview(
                                json("{'spec':{'user':'x','nonResourceAttributes':{'verb':'get','path':'/version'}}}"))
                        .path("status")
                        .path("allowed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void localReviewStaysInItsNamespace() {
        ObjectNode review = json("{'spec':{'user':'alice'," + PODS + "}}");

        assertThat(reviews.localSubjectAccessReview(review, "a")
                        .path("status")
                        .path("allowed")
                        .booleanValue())
                .isTrue();
        assertThatThrownBy(() -> reviews.localSubjectAccessReview(review, "b"))
                .hasMessageContaining("must match metadata.namespace");
    }

    @Test
    void reviewsMustSayWhatTheyAskAndForWhom() {
        assertThatThrownBy(() -> reviews.subjectAccessReview(json("{'spec':{" + PODS + "}}")))
                .hasMessageContaining("at least one of user or group must be specified");
        assertThatThrownBy(() -> reviews.selfSubjectAccessReview(
                        json("{'kind':'SelfSubjectAccessReview','spec':{}}"), UserInfo.of("a")))
                .hasMessageContaining("exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }

    @Test
    void rulesReviewListsWhatRbacGrants() {
        JsonNode status = reviews.selfSubjectRulesReview(json("{'spec':{'namespace':'a'}}"), UserInfo.of("alice"))
                .path("status");

        assertThat(status.path("incomplete").booleanValue()).isFalse();
        assertThat(status.path("resourceRules"))
                .isEqualTo(Json.read("[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]"));
        assertThat(status.path("nonResourceRules"))
                .isEqualTo(Json.read("[{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/version\"]}]"));
        assertThat(reviews.selfSubjectRulesReview(
                                json("{'spec':{'namespace':'a'}}"), UserInfo.of("system:node:n", "system:nodes"))
                        .path("status")
                        .path("incomplete")
                        .booleanValue())
                .isTrue();
    }
}
