package io.kubespring.apiserver.authentication.token;

import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.Authenticator;
import io.kubespring.apiserver.authentication.Credentials;
import java.util.ArrayList;
import java.util.List;

/** Offers a request's bearer token to each kind of token. A token that no kind knows is rejected, never anonymous. */
public final class BearerTokenAuthenticator implements Authenticator {

    private static final String INVALID = "invalid bearer token";

    private final List<TokenAuthenticator> kinds;
    private final List<String> apiAudiences;

    public BearerTokenAuthenticator(List<? extends TokenAuthenticator> kinds, List<String> apiAudiences) {
        this.kinds = List.copyOf(kinds);
        this.apiAudiences = List.copyOf(apiAudiences);
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        String token = credentials.bearerToken();
        return token == null ? Authentication.NO_OPINION : authenticate(token, apiAudiences);
    }

    public List<String> apiAudiences() {
        return apiAudiences;
    }

    /** As TokenReview asks, for audiences of its own. */
    public Authentication authenticate(String token, List<String> audiences) {
        var reasons = new ArrayList<String>();
        reasons.add(INVALID);
        for (TokenAuthenticator kind : kinds) {
            switch (kind.authenticate(token, audiences)) {
                case Authentication.Authenticated proof -> {
                    return proof;
                }
                case Authentication.Rejected rejected -> reasons.add(rejected.reason());
                case Authentication.NoOpinion nothing -> {}
            }
        }
        return new Authentication.Rejected(reasons.size() == 1 ? INVALID : "[" + String.join(", ", reasons) + "]");
    }
}
