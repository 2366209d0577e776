package io.kubespring.apiserver.authentication;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks authenticators in order; the first proof wins, even after another authenticator rejected its own credential. If
 * nobody proves anything and somebody rejected, the request is rejected with all reasons.
 */
public final class AuthenticatorUnion implements Authenticator {

    private final List<Authenticator> authenticators;

    public AuthenticatorUnion(List<? extends Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        List<String> reasons = List.of();
        for (Authenticator authenticator : authenticators) {
            switch (authenticator.authenticate(credentials)) {
                case Authentication.Authenticated proof -> {
                    return proof;
                }
                case Authentication.Rejected rejected -> {
                    reasons = new ArrayList<>(reasons);
                    reasons.add(rejected.reason());
                }
                case Authentication.NoOpinion nothing -> {}
            }
        }
        return reasons.isEmpty()
                ? Authentication.NO_OPINION
                : new Authentication.Rejected(reasons.size() == 1 ? reasons.getFirst() : reasons.toString());
    }
}
