package io.kubespring.gateway;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A TLS connection on which a test writes HTTP, and what is no HTTP, by hand. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final SSLSocket socket;

    /** @param certificate its path without ".crt"; null for none */
    public RawClient(int port, Path pki, @Nullable String certificate) {
        try {
            var builder = SslContextBuilder.forClient()
                    .trustManager(pki.resolve("ca.crt").toFile());
            if (certificate != null) {
                builder.keyManager(
                        pki.resolve(certificate + ".crt").toFile(),
                        pki.resolve(certificate + ".key").toFile());
            }
            socket = (SSLSocket) ((JdkSslContext) builder.build())
                    .context()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** An answer's head. */
    public String head() {
        try {
            return RawUpstream.head(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String read(int bytes) {
        try {
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Everything up to the connection's end. */
    public String rest() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
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
