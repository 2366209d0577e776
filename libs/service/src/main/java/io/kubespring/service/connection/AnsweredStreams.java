package io.kubespring.service.connection;

import io.kubespring.api.time.TimeSource;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream.State;
import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * HTTP/2 streams whose request was answered before its body ended: a client that never ends it would keep the stream, and
 * with it the connection, for ever. It has as long as over HTTP/1.1 ({@link RequestDeadlines#REST_OF_BODY}), then the stream
 * is reset without an error (RFC 9113, section 8.1).
 */
public final class AnsweredStreams {

    private AnsweredStreams() {}

    /**
     * What handles a request, so watched; for {@code HttpServer.mapHandle}, of which a server has one.
     *
     * @param connection the request's
     */
    public static Mono<Void> watched(Mono<Void> handled, Connection connection, TimeSource time) {
        // Taken now: once it is over, the connection has another channel.
        return connection.channel() instanceof Http2StreamChannel stream && state(stream) == State.OPEN
                ? handled.doFinally(end -> answered(stream, time))
                : handled;
    }

    private static State state(Http2StreamChannel channel) {
        var stream = channel.stream();
        return stream == null ? State.CLOSED : stream.state();
    }

    private static void answered(Http2StreamChannel stream, TimeSource time) {
        State now = state(stream);
        if (now == State.OPEN || now == State.HALF_CLOSED_LOCAL) {
            time.schedule(RequestDeadlines.REST_OF_BODY, () -> RequestDeadlines.onLoop(stream, () -> reset(stream)));
        }
    }

    private static void reset(Http2StreamChannel stream) {
        if (state(stream) == State.HALF_CLOSED_LOCAL) {
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
    }
}
