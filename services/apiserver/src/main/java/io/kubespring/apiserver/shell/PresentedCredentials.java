package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.authentication.Credentials;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a request brings to prove its user, on the way to the authentication manager. */
final class PresentedCredentials extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Credentials credentials;

    PresentedCredentials(Credentials credentials) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.credentials = credentials;
    }

    @Override
    public Credentials getCredentials() {
        return credentials;
    }

    @Override
    public Object getPrincipal() {
        return "";
    }
}
