package io.kubespring.gateway;

import io.kubespring.service.pki.ClusterPki;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * An API server at the level of bytes. It is ready; to anything else it gives the test's answer, and echoes what follows an
 * upgrade.
 */
public final class RawUpstream implements AutoCloseable {

    /** What came: the head of a request, and the subject of the client's certificate or "". */
    public record Asked(String head, String certificate) {}

    public final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    /** Sent to every request; "" cuts the connection, null says nothing at all. */
    public volatile String answer = "";

    private final SSLServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public RawUpstream(ClusterPki pki) {
        try {
            pki.serving("apiserver", "kube-apiserver", List.of("127.0.0.1"));
            var tls = (JdkSslContext) SslContextBuilder.forServer(
                            pki.file("apiserver.crt").toFile(),
                            pki.file("apiserver.key").toFile())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
            listener = (SSLServerSocket)
                    tls.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setWantClientAuth(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.startVirtualThread(this::accept);
    }

    public String url() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.startsWith("GET /readyz ")) {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    continue;
                }
                asked.add(new Asked(head, certificate(socket)));
                String said = answer;
                if (said == null) {
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                if (said.isEmpty()) {
                    return;
                }
                write(out, said);
                if (said.startsWith("HTTP/1.1 101")) {
                    echo(in, out);
                }
            }
        } catch (IOException gone) {
            // As the client wished.
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[4096];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            out.write(piece, 0, read);
            out.flush();
        }
    }

    private static String certificate(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException none) {
            return "";
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Up to the empty line; empty at the connection's end. */
    public static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0; each = in.read()) {
            bytes.write(each);
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    /** Ends every connection; new ones are taken. */
    public void cutAll() {
        try {
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cutAll();
    }
}
