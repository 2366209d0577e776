package io.kubespring.service.connection;

import io.kubespring.api.time.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Bounds how long an HTTP/1.1 client may take over its words, however steadily they dribble in. The head of a request has 32
 * seconds, from the connection's beginning or from its first byte (upstream's ReadHeaderTimeout); a body whose request has
 * been answered has five more, so that the client reads the answer and not a reset. Then the connection is closed without a
 * word. A body that is still wanted is bounded by its request's own deadline.
 *
 * <p>Everything happens on the connection's event loop. HTTP/2 needs none of it: there a connection without an open stream is
 * idle, whatever dribbles in, and answered streams are reset.
 */
public final class RequestDeadlines {

    static final Duration HEAD = Duration.ofSeconds(32);
    static final Duration REST_OF_BODY = Duration.ofSeconds(5);

    private final TimeSource time;
    private final Channel channel;
    private TimeSource.Cancellable timer = () -> {};
    private boolean armed;

    /** The head of the next request is awaited; {@code begun} when some of it is there. */
    private boolean awaiting = true;

    private boolean begun;
    private int requests;
    private int answers;

    private RequestDeadlines(Channel channel, TimeSource time) {
        this.channel = channel;
        this.time = time;
    }

    /** To be called when the connection's handlers up to TLS, or else HTTP, are there. */
    public static void install(Channel channel, TimeSource time) {
        var deadlines = new RequestDeadlines(channel, time);
        ChannelPipeline pipeline = channel.pipeline();
        String tls = pipeline.get(NettyPipeline.SslHandler) instanceof SslHandler ? NettyPipeline.SslHandler : null;
        if (tls != null) {
            pipeline.addAfter(tls, "kubespring.bytes", deadlines.new Bytes());
        } else {
            pipeline.addFirst("kubespring.bytes", deadlines.new Bytes());
            deadlines.follow(pipeline);
        }
        deadlines.arm(HEAD);
    }

    private void follow(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.HttpCodec) instanceof HttpServerCodec) {
            pipeline.addAfter(NettyPipeline.HttpCodec, "kubespring.messages", new Messages());
        } else {
            disarm();
            pipeline.remove("kubespring.bytes");
        }
    }

    private void arm(Duration limit) {
        if (!armed) {
            armed = true;
            timer = time.schedule(limit, () -> onLoop(channel, this::expired));
        }
    }

    /** Where the loop has stopped its connections are gone, and nothing is left to do. */
    static void onLoop(Channel channel, Runnable step) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(step);
        }
    }

    private void disarm() {
        if (armed) {
            armed = false;
            timer.cancel();
        }
    }

    private void expired() {
        // HTTP/2 has a codec of the same name, and may have come in place of HTTP/1.1 by an upgrade.
        ChannelHandler codec = channel.pipeline().get(NettyPipeline.HttpCodec);
        if (armed && (codec == null || codec instanceof HttpServerCodec)) {
            channel.close();
        }
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            // By now ALPN has decided, and the decided protocol's handlers are there.
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                follow(context.pipeline());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            begun = true;
            context.fireChannelRead(message);
            if (awaiting && begun && !context.isRemoved()) {
                arm(HEAD);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            disarm();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            disarm();
            context.fireChannelInactive();
        }
    }

    private final class Messages extends ChannelDuplexHandler {

        private @Nullable HttpResponse answering;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                disarm();
                awaiting = false;
                requests++;
            }
            if (message instanceof LastHttpContent) {
                disarm();
                awaiting = true;
                begun = false;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof HttpResponse head) {
                answering = head;
            }
            context.write(message, promise);
            HttpResponse answered = answering;
            if (message instanceof LastHttpContent
                    && answered != null
                    && answered.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
                answers++;
                if (!awaiting && answers == requests) {
                    arm(REST_OF_BODY);
                }
            }
        }
    }
}
