package io.kubespring.apiserver.authorization;

/** {@code --authorization-mode=AlwaysAllow}: for tests and throw-away servers. */
public final class AlwaysAllowAuthorizer implements Authorizer {

    private static final Decision ALLOWED = Decision.allow("");

    @Override
    public Decision authorize(Attributes attributes) {
        return ALLOWED;
    }
}
