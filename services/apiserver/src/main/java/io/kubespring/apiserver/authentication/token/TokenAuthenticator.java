package io.kubespring.apiserver.authentication.token;

import io.kubespring.apiserver.authentication.Authentication;
import java.util.List;

/** One kind of bearer token. Safe for threads, never blocks. */
@FunctionalInterface
public interface TokenAuthenticator {

    /**
     * @param audiences of which the token must name at least one, where it names any; the answer holds those that it
     *     names
     */
    Authentication authenticate(String token, List<String> audiences);
}
