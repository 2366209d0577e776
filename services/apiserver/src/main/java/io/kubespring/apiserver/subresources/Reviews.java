package io.kubespring.apiserver.subresources;

import io.kubespring.api.catalog.Catalog;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.apiserver.authentication.review.IdentityReviews;
import io.kubespring.apiserver.authorization.review.AccessReviews;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.ResourceHandlers;
import java.util.Objects;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Registers the kinds that are questions: they are posted, answered with their status filled, and never stored. */
public final class Reviews {

    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private final Catalog catalog;
    private final ResourceHandlers handlers;

    public Reviews(Catalog catalog, ResourceHandlers handlers) {
        this.catalog = catalog;
        this.handlers = handlers;
    }

    public void register(AccessReviews access, IdentityReviews identity) {
        answer(AUTHORIZATION, "subjectaccessreviews", (call, review) -> access.subjectAccessReview(review));
        answer(
                AUTHORIZATION,
                "localsubjectaccessreviews",
                (call, review) -> access.localSubjectAccessReview(review, call.namespace()));
        answer(
                AUTHORIZATION,
                "selfsubjectaccessreviews",
                (call, review) ->
                        access.selfSubjectAccessReview(review, call.request().user()));
        answer(
                AUTHORIZATION,
                "selfsubjectrulesreviews",
                (call, review) ->
                        access.selfSubjectRulesReview(review, call.request().user()));
        answer(AUTHENTICATION, "tokenreviews", (call, review) -> identity.tokenReview(review));
        answer(
                AUTHENTICATION,
                "selfsubjectreviews",
                (call, review) ->
                        identity.selfSubjectReview(review, call.request().user()));
    }

    private void answer(String group, String plural, BiFunction<Call, ObjectNode, ObjectNode> question) {
        ResourceType type = Objects.requireNonNull(catalog.find(group, "v1", plural), plural);
        handlers.with("create", group, plural, "", call -> {
            return Bodies.question(
                    call,
                    type.kind(),
                    type.schema(),
                    (review, options) -> Mono.fromSupplier(() -> question.apply(call, review)));
        });
    }
}
