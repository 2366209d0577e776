package io.kubespring.apiserver.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS connection that a test writes HTTP and other bytes to by hand. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    static RawConnection to(int port, Path authority) {
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(Certificates.trusting(authority));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trusted.getTrustManagers(), null);
            var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
            return new RawConnection(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Lets the system take no more than this for a client that does not read; it would take tens of megabytes. */
    RawConnection receivingAtMost(int bytes) {
        try {
            socket.setReceiveBufferSize(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Up to and including the empty line; what was read if the connection ends before. */
    String head() {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    byte[] bytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String text(int count) {
        return new String(bytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Whatever comes until the other side closes; a reset counts as that. */
    String rest() {
        var rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (IOException cut) {
            // an end as good as any
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    private int read() {
        try {
            return in.read();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
