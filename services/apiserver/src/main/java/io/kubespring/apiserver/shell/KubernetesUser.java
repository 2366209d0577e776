package io.kubespring.apiserver.shell;

import io.kubespring.apiserver.authentication.UserInfo;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** An authenticated user as Spring Security carries it. Authorities are not used: authorization asks the core. */
final class KubernetesUser implements Authentication {

    private static final long serialVersionUID = 1L;

    private final transient UserInfo user;

    KubernetesUser(UserInfo user) {
        this.user = user;
    }

    UserInfo user() {
        return user;
    }

    @Override
    public String getName() {
        return user.name();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return user;
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public void setAuthenticated(boolean authenticated) {
        throw new IllegalArgumentException("always authenticated");
    }
}
