package io.kubespring.apiserver.authorization;

import io.kubespring.apiserver.authentication.UserInfo;

/** Allows everything to {@code system:masters}, so that nobody can lock the administrator out by editing roles. */
public final class PrivilegedGroupAuthorizer implements Authorizer {

    private static final Decision ALLOWED = Decision.allow("");

    @Override
    public Decision authorize(Attributes attributes) {
        return attributes.user().inGroup(UserInfo.MASTERS_GROUP) ? ALLOWED : Decision.NO_OPINION;
    }
}
