package io.kubespring.kubelet.server.request;

import io.kubespring.service.upgrade.ForwardedHeaders;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and the way to answer it, from a thread that may block. */
public final class Exchange {

    private static final int MOST_PARAMETERS = 10_000;

    private final Channel channel;
    private final FullHttpRequest request;
    private final QueryStringDecoder query;
    private boolean begun;

    public Exchange(Channel channel, FullHttpRequest request) {
        this.channel = channel;
        this.request = request;
        this.query = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MOST_PARAMETERS, true);
    }

    public Channel channel() {
        return channel;
    }

    public FullHttpRequest request() {
        return request;
    }

    public String method() {
        return request.method().name();
    }

    public String path() {
        return query.path();
    }

    /** The path's parts, decoded. */
    public List<String> segments() {
        return List.of(path().substring(1).split("/", -1));
    }

    public @Nullable String parameter(String name) {
        List<String> values = query.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    public List<String> parameters(String name) {
        return query.parameters().getOrDefault(name, List.of());
    }

    public boolean flag(String... names) {
        for (String name : names) {
            String value = parameter(name);
            if ("1".equals(value) || "true".equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some of an answer was sent already. */
    public boolean begun() {
        return begun;
    }

    public void send(int status, String contentType, byte[] body) {
        begun = true;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        boolean keep = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keep);
        var written = channel.writeAndFlush(response);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    public void text(int status, String body) {
        send(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public void json(byte[] body) {
        send(200, "application/json", body);
    }

    /** Passes on why somebody else refused an upgrade, with what it said of itself; the connection ends. */
    public void refuse(HttpResponse head, byte[] body) {
        begun = true;
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, head.status(), Unpooled.wrappedBuffer(body));
        ForwardedHeaders.copyAnswer(head.headers(), response.headers());
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Begins an answer of unknown length; each write waits for the network. Closing it ends the answer. */
    public OutputStream stream(String contentType) {
        begun = true;
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        channel.writeAndFlush(response);
        return new java.io.BufferedOutputStream(new Body(), 16 * 1024);
    }

    private final class Body extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!channel.isActive()) {
                throw new IOException("the client has gone");
            }
            var written = channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset, length)));
            if (!written.awaitUninterruptibly().isSuccess()) {
                throw new IOException(written.cause());
            }
        }

        @Override
        public void close() {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }
}
