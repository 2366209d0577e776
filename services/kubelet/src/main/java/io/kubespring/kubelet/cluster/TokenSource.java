package io.kubespring.kubelet.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Service-account tokens bound to a Pod. */
public interface TokenSource {

    /**
     * A token that is valid for a while yet.
     *
     * @param audiences empty for the API server's own
     */
    String token(Pod pod, List<String> audiences, long expirationSeconds);

    /** Forgets the tokens of a Pod that is gone. */
    void forget(String podUid);
}
