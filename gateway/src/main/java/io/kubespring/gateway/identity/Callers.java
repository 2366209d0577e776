package io.kubespring.gateway.identity;

import io.kubespring.api.cache.BoundedCache;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.service.x509.CertificateSubject;
import io.kubespring.service.x509.TrustAnchors;
import io.kubespring.service.x509.VerifiedCertificates;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callers apart as the API server would: a client certificate that the client CA signed counts before a token; one
 * that does not hold is no identity, and without a token beside it the request is refused.
 */
public final class Callers {

    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);
    private static final int REMEMBERED = 1024;
    private static final String BEARER = "bearer ";
    private static final String TOKEN_PROTOCOL = "base64url.bearer.authorization.k8s.io.";

    private final @Nullable VerifiedCertificates verified;
    private final BoundedCache<X509Certificate, Caller.Certified> certified = new BoundedCache<>(REMEMBERED);

    /** @param clientAuthorities null where no client certificate counts */
    public Callers(@Nullable TrustAnchors clientAuthorities, TimeSource time) {
        verified = clientAuthorities == null ? null : new VerifiedCertificates(clientAuthorities, time);
    }

    /**
     * @param chain what the client sent over TLS
     * @throws StatusException 401 where there are credentials and none holds
     */
    public Caller of(List<X509Certificate> chain, HttpHeaders headers) {
        String failure = null;
        if (!chain.isEmpty() && verified != null) {
            failure = verified.failure(chain);
            if (failure == null) {
                return certified(chain.getFirst());
            }
        }
        String token = token(headers);
        if (token != null) {
            return new Caller.Bearer(digest(token));
        }
        if (failure != null) {
            LOG.info("certificate of {} refused: {}", chain.getFirst().getSubjectX500Principal(), failure);
            throw StatusException.unauthorized();
        }
        return Caller.Unknown.INSTANCE;
    }

    private Caller certified(X509Certificate leaf) {
        Caller.Certified known = certified.get(leaf);
        if (known == null) {
            known = read(leaf);
            certified.put(leaf, known);
        }
        return known;
    }

    private static Caller.Certified read(X509Certificate leaf) {
        try {
            CertificateSubject subject = CertificateSubject.of(leaf);
            if (!subject.name().isEmpty()
                    && passable(subject.name())
                    && subject.groups().stream().allMatch(Callers::passable)) {
                return new Caller.Certified(subject, CertificateSubject.credentialId(leaf));
            }
        } catch (NamingException malformed) {
            LOG.debug("certificate without a readable subject", malformed);
        }
        LOG.info("certificate of {} refused: its names cannot be passed on", leaf.getSubjectX500Principal());
        throw StatusException.unauthorized();
    }

    /** A header would change any other text on its way, perhaps to somebody else's name. */
    private static boolean passable(String name) {
        return name.equals(name.strip()) && name.chars().allMatch(each -> each >= ' ' && each <= '~');
    }

    private static @Nullable String token(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER) ? authorization : null;
        }
        for (String protocols : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(TOKEN_PROTOCOL)) {
                    return protocol.strip();
                }
            }
        }
        return null;
    }

    private static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
