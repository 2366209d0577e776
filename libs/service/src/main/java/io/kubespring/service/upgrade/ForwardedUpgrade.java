package io.kubespring.service.upgrade;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An upgrade that somebody else answers. The far side is asked first, so that its refusal is still an HTTP answer; once it
 * agrees, its answer and every byte after it go through unread, with back-pressure.
 */
public final class ForwardedUpgrade {

    private ForwardedUpgrade() {}

    /**
     * The connection of a request.
     *
     * @throws StatusException where it cannot leave HTTP
     */
    public static Channel client(HttpServerRequest request) {
        Channel client = ((Connection) request).channel();
        if (client.parent() != null && client.parent().parent() != null) {
            throw StatusException.badRequest("an HTTP/2 stream cannot be upgraded");
        }
        return client;
    }

    /**
     * @param client its request has been read to its end: what follows belongs to the new protocol
     * @param asked what the far side is asked; taken over
     * @return ends when a refusal was passed on, or with the client's connection; fails where the far one does not come about
     */
    public static Mono<Void> pass(
            Channel client,
            HttpServerResponse response,
            UpgradeClient.Target target,
            FullHttpRequest asked,
            Tunnels tunnels) {
        return Mono.<UpgradeClient.Refused>create(sink -> open(client, response, target, asked, tunnels, sink))
                .flatMap(refused -> refuse(refused, response));
    }

    /** The sink hears of refusals only: a connection that was taken over has left the server's hands. */
    private static void open(
            Channel client,
            HttpServerResponse response,
            UpgradeClient.Target target,
            FullHttpRequest asked,
            Tunnels tunnels,
            MonoSink<UpgradeClient.Refused> sink) {
        UpgradeClient.open(client, target, asked, (far, head) -> {
                    response.status(head.status());
                    takeOver(client, far, head, tunnels);
                })
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        sink.error(failure);
                    } else if (answer instanceof UpgradeClient.Refused refused) {
                        sink.success(refused);
                    }
                });
    }

    private static void takeOver(Channel client, Channel far, HttpResponse head, Tunnels tunnels) {
        far.pipeline().addLast(new ByteTunnel(client));
        if (!client.isActive()) {
            far.close();
            return;
        }
        tunnels.add(client);
        // Reactor's bridge stays, idle: it tells the waiting request when the connection closes.
        Takeover.install(client, new ByteTunnel(far), NettyPipeline.ReactiveBridge, head);
    }

    private static Mono<Void> refuse(UpgradeClient.Refused refused, HttpServerResponse response) {
        int code = refused.head().status().code();
        if (code < 400) {
            return Mono.error(
                    new StatusException(StatusReason.UNKNOWN, "invalid upgrade response: status code " + code));
        }
        response.status(refused.head().status());
        ForwardedHeaders.copyAnswer(refused.head().headers(), response.responseHeaders());
        response.responseHeaders().remove("content-length").set("connection", "close");
        return response.sendByteArray(Mono.just(refused.body())).then();
    }
}
