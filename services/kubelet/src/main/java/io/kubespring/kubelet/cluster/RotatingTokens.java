package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.pod.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps tokens and asks for a new one when 80 % of a token's life, or a day, has passed (KEP-1205). */
public final class RotatingTokens implements TokenSource {

    /** Asks the API server. */
    public interface Requester {
        IssuedToken request(Pod pod, List<String> audiences, long expirationSeconds);
    }

    /** What the API server issued. */
    public record IssuedToken(String token, Instant expires) {}

    private record Key(String podUid, List<String> audiences, long expirationSeconds) {}

    private record Kept(IssuedToken token, Instant renewAt) {}

    private static final Logger LOG = LoggerFactory.getLogger(RotatingTokens.class);
    private static final Duration LONGEST_USE = Duration.ofHours(24);

    private final Requester requester;
    private final TimeSource time;
    private final Map<Key, Kept> tokens = new ConcurrentHashMap<>();

    public RotatingTokens(Requester requester, TimeSource time) {
        this.requester = requester;
        this.time = time;
    }

    @Override
    public String token(Pod pod, List<String> audiences, long expirationSeconds) {
        var key = new Key(Pods.uid(pod), audiences, expirationSeconds);
        Instant now = time.now();
        Kept kept = tokens.get(key);
        if (kept != null && now.isBefore(kept.renewAt)) {
            return kept.token.token();
        }
        try {
            IssuedToken issued = requester.request(pod, audiences, expirationSeconds);
            Duration life = Duration.between(now, issued.expires());
            Duration use = life.multipliedBy(8).dividedBy(10);
            tokens.put(key, new Kept(issued, now.plus(use.compareTo(LONGEST_USE) < 0 ? use : LONGEST_USE)));
            return issued.token();
        } catch (RuntimeException failure) {
            if (kept != null && now.isBefore(kept.token.expires())) {
                LOG.warn("{}: token not renewed, the old one is still valid: {}", Pods.key(pod), failure.toString());
                return kept.token.token();
            }
            throw failure;
        }
    }

    @Override
    public void forget(String podUid) {
        tokens.keySet().removeIf(key -> key.podUid.equals(podUid));
    }
}
