package io.kubespring.apiserver.authentication;

import java.util.List;

/** What an {@link Authenticator} says about some {@link Credentials}. */
public sealed interface Authentication {

    /**
     * The credentials prove this user.
     *
     * @param audiences whom the credential was meant for, as far as it says; empty if it names nobody
     */
    record Authenticated(UserInfo user, List<String> audiences) implements Authentication {
        public Authenticated(UserInfo user) {
            this(user, List.of());
        }
    }

    /** Nothing here for this authenticator: ask the next. */
    record NoOpinion() implements Authentication {}

    /**
     * There was a credential for this authenticator, and it does not hold.
     *
     * @param reason for the log; clients only ever see 401 "Unauthorized"
     */
    record Rejected(String reason) implements Authentication {}

    Authentication NO_OPINION = new NoOpinion();
}
