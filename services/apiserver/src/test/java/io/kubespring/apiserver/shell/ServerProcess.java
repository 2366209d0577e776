package io.kubespring.apiserver.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server as a process of its own, on a free port and in memory: what it costs is not its clients'. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started on port (\\d+) \\(https\\)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long START_SECONDS = 120;

    final Path authority;
    private final Process process;
    private final CompletableFuture<Integer> listening = new CompletableFuture<>();
    private final HttpClient client;
    private final int port;

    /**
     * @param options of the JVM
     * @param flags of the server, further ones
     */
    ServerProcess(Path directory, List<String> options, List<String> flags) {
        authority = directory.resolve("pki").resolve("ca.crt");
        try {
            Path tokens = Files.writeString(
                    directory.resolve("tokens.csv"), RunningServer.TOKEN + ",admin,1,\"system:masters\"\n");
            List<String> all = new ArrayList<>(flags);
            all.addAll(List.of(
                    "--secure-port=0",
                    "--bind-address=127.0.0.1",
                    "--management.server.port=-1",
                    "--storage-file=memory",
                    "--cert-dir=" + authority.getParent(),
                    "--token-auth-file=" + tokens));
            process = JavaProcess.start(options, ApiServerApplication.class, all);
            Thread.ofPlatform().daemon().name("server-output").start(this::follow);
            port = listening.get(START_SECONDS, TimeUnit.SECONDS);
            client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException | TimeoutException never) {
            throw new IllegalStateException("the server did not start", never);
        }
    }

    private static SSLContext trusting(Path authority) {
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(Certificates.trusting(authority));
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trusted.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void follow() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    listening.complete(Integer.parseInt(started.group(1)));
                }
            }
        } catch (IOException gone) {
            // and so is the server
        }
        listening.completeExceptionally(new IllegalStateException("ended"));
    }

    int port() {
        return port;
    }

    /** What the system says it holds in memory now, in megabytes. */
    long residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, "application/json", "");
    }

    /** Waits for the answer, but not longer than a client would. */
    HttpResponse<String> call(String method, String path, String contentType, String body) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                            .timeout(PATIENCE)
                            .header("authorization", "Bearer " + RunningServer.TOKEN)
                            .header("content-type", contentType)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroyForcibly();
    }
}
