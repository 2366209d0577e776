package io.kubespring.gateway.upstream;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** Tells failures before the first byte of a request went out from all others. */
public final class Unsent {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private Unsent() {}

    /** No connection came about, or none was free. */
    public static boolean is(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof NoRouteToHostException
                    || each instanceof UnknownHostException
                    || each instanceof SSLHandshakeException
                    || each instanceof io.netty.handler.ssl.SslHandshakeTimeoutException
                    || each instanceof PoolAcquirePendingLimitException
                    || each instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** 503, worth another try in a second. */
    public static StatusException status(String message) {
        return new StatusException(
                StatusReason.SERVICE_UNAVAILABLE,
                StatusReason.SERVICE_UNAVAILABLE.code(),
                message,
                new StatusException.Details("", "", "", "", List.of(), RETRY));
    }
}
