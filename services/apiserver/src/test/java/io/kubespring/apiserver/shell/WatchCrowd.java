package io.kubespring.apiserver.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Many watchers that read, over TLS: streams that share HTTP/2 connections, as Go's client does it. */
final class WatchCrowd implements AutoCloseable {

    /** Fewer than a server's usual limit of 100. */
    private static final int STREAMS_PER_CONNECTION = 90;

    private static final int CONNECTING_AT_ONCE = 64;

    private final URI uri;
    private final SSLContext tls;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
    private final List<HttpClient> clients = new ArrayList<>();
    private final List<SequenceReader> readers = new ArrayList<>();

    WatchCrowd(int port, Path authority, String path) {
        uri = URI.create("https://127.0.0.1:" + port + path);
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(Certificates.trusting(authority));
            tls = SSLContext.getInstance("TLS");
            tls.init(null, trusted.getTrustManagers(), null);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds watchers; they may still be connecting when this returns. */
    void add(int count, LongConsumer received) {
        for (int i = 0; i < count; i++) {
            if (i % STREAMS_PER_CONNECTION == 0) {
                clients.add(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(tls)
                        .executor(workers)
                        .build());
                openConnection(clients.getLast());
            }
            readers.add(watch(clients.getLast(), received));
        }
    }

    /** The one that the streams then share. */
    private void openConnection(HttpClient client) {
        var version = HttpRequest.newBuilder(uri.resolve("/version")).build();
        try {
            client.send(version, HttpResponse.BodyHandlers.discarding());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private SequenceReader watch(HttpClient client, LongConsumer received) {
        var reader = new SequenceReader(received);
        var request = HttpRequest.newBuilder(uri)
                .header("authorization", "Bearer " + RunningServer.TOKEN)
                .build();
        connecting.acquireUninterruptibly();
        client.sendAsync(request, head -> {
                    connecting.release();
                    return reader;
                })
                .whenComplete((answer, failure) -> {
                    if (failure != null && !reader.connected()) {
                        connecting.release();
                        reader.onError(failure);
                    }
                });
        return reader;
    }

    List<SequenceReader> readers() {
        return readers;
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::shutdownNow);
        workers.shutdownNow();
    }
}
