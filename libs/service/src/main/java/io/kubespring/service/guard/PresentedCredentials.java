package io.kubespring.service.guard;

import io.kubespring.service.x509.PeerCertificates;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import reactor.netty.Connection;

/** What a request brings to prove its caller, on the way to the authentication manager. */
final class PresentedCredentials extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient List<X509Certificate> chain;
    private final transient HttpHeaders headers;

    private PresentedCredentials(List<X509Certificate> chain, HttpHeaders headers) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.chain = chain;
        this.headers = headers;
    }

    static PresentedCredentials of(ServerHttpRequest request) {
        Object exchange = ServerHttpRequestDecorator.getNativeRequest(request);
        return new PresentedCredentials(
                exchange instanceof Connection connection ? PeerCertificates.of(connection.channel()) : List.of(),
                request.getHeaders());
    }

    List<X509Certificate> chain() {
        return chain;
    }

    HttpHeaders headers() {
        return headers;
    }

    @Override
    public Object getCredentials() {
        return headers;
    }

    @Override
    public Object getPrincipal() {
        return "";
    }
}
