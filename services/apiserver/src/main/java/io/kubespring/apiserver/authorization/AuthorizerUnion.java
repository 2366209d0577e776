package io.kubespring.apiserver.authorization;

import java.util.ArrayList;
import java.util.List;

/** Asks authorizers in order; the first that allows or denies decides. */
public final class AuthorizerUnion implements Authorizer {

    private final List<Authorizer> authorizers;

    public AuthorizerUnion(List<? extends Authorizer> authorizers) {
        this.authorizers = List.copyOf(authorizers);
    }

    @Override
    public Decision authorize(Attributes attributes) {
        List<String> reasons = List.of();
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.authorize(attributes);
            if (decision.verdict() != Decision.Verdict.NO_OPINION) {
                return decision;
            }
            if (!decision.reason().isEmpty()) {
                reasons = new ArrayList<>(reasons);
                reasons.add(decision.reason());
            }
        }
        return Decision.noOpinion(String.join("\n", reasons));
    }
}
