package io.kubespring.gateway.upstream;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * How long a request's body may be, whether it says so before or not.
 *
 * @param bytes none where it is 0
 */
public record BodyLimit(long bytes) {

    void check(HttpHeaders headers) {
        if (bytes > 0 && length(headers.get(HttpHeaderNames.CONTENT_LENGTH, "0")) > bytes) {
            throw tooLarge();
        }
    }

    private static long length(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException absurd) {
            return Long.MAX_VALUE;
        }
    }

    Flux<ByteBuf> counted(Flux<ByteBuf> body) {
        if (bytes <= 0) {
            return body;
        }
        var seen = new AtomicLong();
        return body.doOnNext(piece -> {
            if (seen.addAndGet(piece.readableBytes()) > bytes) {
                throw tooLarge();
            }
        });
    }

    private StatusException tooLarge() {
        return new StatusException(
                StatusReason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + bytes);
    }
}
