package io.kubespring.service.x509;

import io.kubespring.api.cache.BoundedCache;
import io.kubespring.api.time.TimeSource;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies chains against trust anchors and remembers the good ones, since every request of a connection carries the
 * same chain. A remembered verdict holds while the anchors are the same and for at most a minute, so that certificates
 * that expire meanwhile are noticed.
 */
public final class VerifiedCertificates {

    private static final int CACHED_CHAINS = 1024;
    private static final long TRUSTED_SECONDS = 60;

    private record Verdict(List<X509Certificate> anchors, Instant until) {}

    private final TrustAnchors anchors;
    private final TimeSource time;
    private final BoundedCache<List<X509Certificate>, Verdict> verified = new BoundedCache<>(CACHED_CHAINS);

    public VerifiedCertificates(TrustAnchors anchors, TimeSource time) {
        this.anchors = anchors;
        this.time = time;
    }

    /** @return why the chain does not hold, or null if it does */
    public @Nullable String failure(List<X509Certificate> chain) {
        List<X509Certificate> trusted = anchors.current();
        Instant now = time.now();
        Verdict known = verified.get(chain);
        if (known != null && known.anchors() == trusted && now.isBefore(known.until())) {
            return null;
        }
        String failure = ClientCertificateVerifier.failure(chain, trusted, now);
        if (failure == null) {
            Instant end = chain.getFirst().getNotAfter().toInstant();
            Instant until = now.plusSeconds(TRUSTED_SECONDS);
            verified.put(chain, new Verdict(trusted, end.isBefore(until) ? end : until));
        }
        return failure;
    }
}
