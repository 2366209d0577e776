package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.request.DirectAnswer;
import io.kubespring.apiserver.request.Headers;
import io.kubespring.service.upgrade.DialFailure;
import io.kubespring.service.upgrade.ForwardedHeaders;
import io.kubespring.service.upgrade.ForwardedUpgrade;
import io.kubespring.service.upgrade.Tunnels;
import io.kubespring.service.upgrade.UpgradeClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An upgrade that somebody else answers. The far side is asked first, with the client's own headers, so that its refusal
 * is still an HTTP answer; once it agrees, its answer and every byte after it go through unread, with back-pressure.
 */
public final class UpgradeTunnel implements DirectAnswer {

    private final UpgradeClient.Target target;
    private final String uri;
    private final Tunnels tunnels;

    /** @param uri path and query, encoded */
    public UpgradeTunnel(UpgradeClient.Target target, String uri, Tunnels tunnels) {
        this.target = target;
        this.uri = uri;
        this.tunnels = tunnels;
    }

    /** Whether the client asks to leave HTTP. */
    public static boolean isUpgrade(Headers headers) {
        for (String value : headers.all("connection")) {
            if (value.toLowerCase(Locale.ROOT).contains("upgrade")) {
                return headers.first("upgrade") != null;
            }
        }
        return false;
    }

    @Override
    public Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        Channel client = ForwardedUpgrade.client(request);
        FullHttpRequest asked = question(request);
        // Whatever body there is has to be read: what follows it belongs to the new protocol.
        return request.receive()
                .then(ForwardedUpgrade.pass(client, response, target, asked, tunnels))
                .onErrorMap(failure -> !(failure instanceof StatusException), this::unreachable);
    }

    private FullHttpRequest question(HttpServerRequest request) {
        var asked = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), uri, Unpooled.EMPTY_BUFFER);
        ForwardedHeaders.copy(request.requestHeaders(), asked.headers());
        ForwardedHeaders.appendForwardedFor(asked.headers(), request.remoteAddress());
        if (!asked.headers().contains("host")) {
            asked.headers().set("host", target.host() + ":" + target.port());
        }
        asked.headers().remove("transfer-encoding").remove("content-length");
        if (!request.method().name().equals("GET")) {
            asked.headers().set("content-length", 0);
        }
        return asked;
    }

    /** Connection failures, as upstream words them: an error without a reason. */
    private StatusException unreachable(Throwable failure) {
        return new StatusException(
                StatusReason.UNKNOWN,
                "error dialing backend: " + DialFailure.text(target.host(), target.port(), failure));
    }
}
