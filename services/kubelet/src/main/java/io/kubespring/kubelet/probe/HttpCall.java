package io.kubespring.kubelet.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One HTTP GET as probes and hooks make it: a fresh connection, any Host header, certificates not verified, little of the
 * body read. Errors are worded as Go's, because users see them in events.
 */
public final class HttpCall {

    private static final int MOST_BYTES = 10 * 1024;

    /** What was answered; the body may be cut. */
    public record Answer(int status, String body) {}

    private HttpCall() {}

    public static Answer get(
            boolean tls, String host, int port, String path, Map<String, String> headers, Duration timeout)
            throws IOException {
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        String url = (tls ? "https" : "http") + "://" + authority + path;
        int millis = (int) Math.max(1, timeout.toMillis());
        try (Socket socket = connect(tls, host, port, millis)) {
            socket.setSoTimeout(millis);
            var request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
            if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
                request.append("Host: ").append(authority).append("\r\n");
            }
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            request.append("Connection: close\r\n\r\n");
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        } catch (ConnectException refused) {
            throw new IOException("Get \"" + url + "\": dial tcp " + authority + ": connect: connection refused");
        } catch (SocketTimeoutException slow) {
            throw new IOException("Get \"" + url + "\": context deadline exceeded"
                    + " (Client.Timeout exceeded while awaiting headers)");
        } catch (IOException failure) {
            throw new IOException("Get \"" + url + "\": " + failure.getMessage());
        }
    }

    private static Socket connect(boolean tls, String host, int port, int millis) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), millis);
        if (!tls) {
            return socket;
        }
        socket.setSoTimeout(millis);
        return Trusting.FACTORY.createSocket(socket, host, port, true);
    }

    private static Answer read(InputStream in) throws IOException {
        String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        String[] status = text.split("\\s+", 3);
        if (!text.startsWith("HTTP/") || status.length < 2) {
            throw new IOException(text.isEmpty() ? "EOF" : "malformed HTTP response");
        }
        int body = text.indexOf("\r\n\r\n");
        return new Answer(Integer.parseInt(status[1]), body < 0 ? "" : text.substring(body + 4));
    }

    /** Made when first needed: most nodes have no HTTPS probe. */
    private static final class Trusting {
        static final SSLSocketFactory FACTORY = create();

        private static SSLSocketFactory create() {
            try {
                var context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new AcceptAll()}, null);
                return context.getSocketFactory();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static final class AcceptAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
