package io.kubespring.service.upgrade;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends HTTP on a server's connection: TLS stays, every other handler goes, and the new protocol's takes over. */
public final class Takeover {

    private Takeover() {}

    /**
     * Called on the connection's event loop, with the request read to its end.
     *
     * @param handler of what comes from now on
     * @param last the name of a handler that stays behind it, to hear of the connection's end; null for none
     * @param head the answer that ends HTTP
     */
    public static void install(Channel client, ChannelHandler handler, @Nullable String last, HttpResponse head) {
        ChannelPipeline pipeline = client.pipeline();
        if (last == null) {
            pipeline.addLast("upgraded", handler);
        } else {
            pipeline.addBefore(last, "upgraded", handler);
        }
        for (Map.Entry<String, ChannelHandler> each : pipeline.toMap().entrySet()) {
            boolean stays = each.getValue() == handler
                    || each.getValue() instanceof SslHandler
                    || each.getKey().equals(last);
            if (!stays) {
                pipeline.remove(each.getValue());
            }
        }
        client.writeAndFlush(text(client, head));
        client.config().setAutoRead(true);
    }

    private static ByteBuf text(Channel client, HttpResponse head) {
        var text = new StringBuilder("HTTP/1.1 ").append(head.status()).append("\r\n");
        for (Map.Entry<String, String> header : head.headers()) {
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return client.alloc().buffer(bytes.length).writeBytes(bytes);
    }
}
