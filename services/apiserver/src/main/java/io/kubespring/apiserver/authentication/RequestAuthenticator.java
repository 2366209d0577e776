package io.kubespring.apiserver.authentication;

/**
 * The whole of authentication: proven users join {@code system:authenticated}; requests without any credential are
 * anonymous where that is allowed ({@code --anonymous-auth}); everything else is rejected. Never has "no opinion".
 */
public final class RequestAuthenticator implements Authenticator {

    private static final Authentication ANONYMOUS = new Authentication.Authenticated(UserInfo.anonymous());

    private final Authenticator credentialed;
    private final boolean anonymousAllowed;

    public RequestAuthenticator(Authenticator credentialed, boolean anonymousAllowed) {
        this.credentialed = credentialed;
        this.anonymousAllowed = anonymousAllowed;
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        return switch (credentialed.authenticate(credentials)) {
            case Authentication.Authenticated proof ->
                new Authentication.Authenticated(withGroup(proof.user()), proof.audiences());
            case Authentication.Rejected rejected -> rejected;
            case Authentication.NoOpinion nothing ->
                anonymousAllowed ? ANONYMOUS : new Authentication.Rejected("no credentials provided");
        };
    }

    /** A front proxy may have authenticated its user as nobody. */
    private static UserInfo withGroup(UserInfo user) {
        return user.name().equals(UserInfo.ANONYMOUS) || user.inGroup(UserInfo.UNAUTHENTICATED_GROUP)
                ? user
                : user.withGroup(UserInfo.AUTHENTICATED_GROUP);
    }
}
