package io.kubespring.testing.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a service says of itself over plain HTTP on 127.0.0.1: health, metrics. */
public record LocalService(int port) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** @param path begins with a slash */
    public HttpResponse<String> get(String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns once {@code /readyz} answers with that status. */
    public void awaitReadiness(int status) {
        Eventually.eventually(() -> get("/readyz").statusCode() == status);
    }
}
