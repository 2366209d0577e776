package io.kubespring.service.upgrade;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a connection did not come about, in the words that clients of Kubernetes know. */
public final class DialFailure {

    private DialFailure() {}

    /** "dial tcp 10.0.0.7:10250: connect: connection refused" */
    public static String text(String host, int port, Throwable failure) {
        String address = "dial tcp " + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        return switch (root) {
            case NoRouteToHostException unreachable -> address + ": connect: no route to host";
            case UnknownHostException unknown -> "dial tcp: lookup " + host + ": no such host";
            case SocketTimeoutException slow -> address + ": i/o timeout";
            case ConnectException refused when timedOut(refused) -> address + ": i/o timeout";
            case ConnectException refused -> address + ": connect: connection refused";
            case SSLException tls -> "tls: failed to verify certificate: " + tls.getMessage();
            default -> String.valueOf(root.getMessage());
        };
    }

    private static boolean timedOut(ConnectException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("timed out") || message.contains("timeout");
    }
}
