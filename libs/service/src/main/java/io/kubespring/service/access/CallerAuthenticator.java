package io.kubespring.service.access;

import io.kubespring.api.time.TimeSource;
import io.kubespring.service.x509.CertificateSubject;
import io.kubespring.service.x509.TrustAnchors;
import io.kubespring.service.x509.VerifiedCertificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Finds out who calls: by a client certificate that the client CA signed, or by a token that the API server reviews. */
public final class CallerAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(CallerAuthenticator.class);
    private static final String BEARER = "Bearer ";

    private final VerifiedCertificates verified;
    private final boolean anonymous;
    private final @Nullable TokenReviews tokens;

    /**
     * @param authorities none takes no certificates
     * @param anonymous whether a request without credentials has a caller too
     * @param tokens null takes no tokens
     */
    public CallerAuthenticator(
            TrustAnchors authorities, boolean anonymous, @Nullable TokenReviews tokens, TimeSource time) {
        this.verified = new VerifiedCertificates(authorities, time);
        this.anonymous = anonymous;
        this.tokens = tokens;
    }

    /**
     * @param authorization the header's value
     * @return empty where the credentials are no good, or there are none and anonymous requests are refused; an error where
     *     the API server could not be asked
     */
    public Mono<Caller> authenticate(List<X509Certificate> chain, @Nullable String authorization) {
        Caller certified = chain.isEmpty() ? null : fromCertificate(chain);
        if (certified != null) {
            return Mono.just(certified);
        }
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String token = authorization.substring(BEARER.length()).strip();
            return tokens == null || token.isEmpty() ? Mono.empty() : tokens.caller(token);
        }
        return anonymous ? Mono.just(Caller.ANONYMOUS) : Mono.empty();
    }

    private @Nullable Caller fromCertificate(List<X509Certificate> chain) {
        String failure = verified.failure(chain);
        if (failure != null) {
            LOG.debug("client certificate refused: {}", failure);
            return null;
        }
        try {
            CertificateSubject subject = CertificateSubject.of(chain.getFirst());
            return subject.name().isEmpty()
                    ? null
                    : new Caller(subject.name(), "", authenticated(subject.groups()), Map.of());
        } catch (NamingException unreadable) {
            LOG.debug("client certificate refused: {}", unreadable.toString());
            return null;
        }
    }

    private static List<String> authenticated(List<String> groups) {
        var all = new ArrayList<>(groups);
        all.add("system:authenticated");
        return List.copyOf(all);
    }
}
