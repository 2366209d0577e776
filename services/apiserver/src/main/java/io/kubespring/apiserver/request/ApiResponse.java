package io.kubespring.apiserver.request;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** An answer, before the transport writes it. */
public sealed interface ApiResponse {

    int status();

    /** Further headers: name, value, name, value. Content-Type is part of the body. */
    List<String> headers();

    /** The same answer with one more header. */
    ApiResponse with(String name, String value);

    /** The same answer with a Warning header per text; quotes and control characters are escaped as RFC 7234 wants. */
    default ApiResponse warned(List<String> warnings) {
        ApiResponse answer = this;
        for (String warning : warnings) {
            String text =
                    warning.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
            answer = answer.with("Warning", "299 - \"" + text + "\"");
        }
        return answer;
    }

    /** A body that is already there. */
    record Bytes(int status, String contentType, List<String> headers, byte[] body) implements ApiResponse {
        @Override
        public Bytes with(String name, String value) {
            return new Bytes(status, contentType, appended(headers, name, value), body);
        }

        @Override
        public Bytes warned(List<String> warnings) {
            return (Bytes) ApiResponse.super.warned(warnings);
        }
    }

    /**
     * A body that is made while it is sent; every element is flushed.
     *
     * @param longRunning whether it is a watch or a followed log, which timeouts and in-flight limits leave alone
     */
    record Streamed(int status, String contentType, List<String> headers, Flux<byte[]> body, boolean longRunning)
            implements ApiResponse {
        public Streamed withBody(Flux<byte[]> other) {
            return new Streamed(status, contentType, headers, other, longRunning);
        }

        @Override
        public Streamed with(String name, String value) {
            return new Streamed(status, contentType, appended(headers, name, value), body, longRunning);
        }
    }

    /** Answered on the connection itself: a proxied exchange, or an upgrade, whose status is the far side's. */
    record Direct(DirectAnswer answer) implements ApiResponse {
        @Override
        public int status() {
            return 101;
        }

        @Override
        public List<String> headers() {
            return List.of();
        }

        /** Says nothing of its own: the far side's headers are the answer's. */
        @Override
        public Direct with(String name, String value) {
            return this;
        }
    }

    String JSON = "application/json";

    static Bytes json(int status, Object tree) {
        return new Bytes(status, JSON, List.of(), Json.write(tree));
    }

    static Bytes json(int status, byte[] body) {
        return new Bytes(status, JSON, List.of(), body);
    }

    static Bytes text(int status, String text) {
        return new Bytes(
                status, "text/plain; charset=utf-8", List.of(), text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** What is answered where nothing is. */
    static Bytes pageNotFound() {
        return text(404, "404 page not found\n").with("X-Content-Type-Options", "nosniff");
    }

    static Bytes of(StatusException failure) {
        Bytes answer = json(failure.code(), failure.toStatus());
        var retryAfter = failure.details().retryAfter();
        if (retryAfter != null) {
            answer = answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        return answer.warned(failure.warnings());
    }

    private static List<String> appended(List<String> headers, String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return more;
    }
}
