package io.kubespring.gateway.limits;

import io.kubespring.api.cache.BoundedCache;
import io.kubespring.gateway.identity.Caller;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose bucket a request is taken from: a verified certificate's user has one, and so has a token once the API server has
 * taken it. Until then it counts for its address: else a client could get another bucket by every invented token.
 */
public final class CallerKeys {

    private static final int REMEMBERED = 10_000;
    private static final int UNAUTHORIZED = 401;

    private final BoundedCache<String, Boolean> taken = new BoundedCache<>(REMEMBERED);

    public String key(Caller caller, @Nullable InetSocketAddress client) {
        return switch (caller) {
            case Caller.Certified certified -> "user:" + certified.name();
            case Caller.Bearer bearer when taken.get(bearer.digest()) != null -> "token:" + bearer.digest();
            case Caller.Bearer untried -> address(client);
            case Caller.Unknown nobody -> address(client);
        };
    }

    /** @param status of the API server's answer */
    public void answered(Caller caller, int status) {
        if (caller instanceof Caller.Bearer bearer && status < 500 && taken.get(bearer.digest()) == null) {
            if (status != UNAUTHORIZED) {
                taken.put(bearer.digest(), true);
            }
        }
    }

    private static String address(@Nullable InetSocketAddress client) {
        return "address:" + (client == null ? "" : client.getHostString());
    }
}
