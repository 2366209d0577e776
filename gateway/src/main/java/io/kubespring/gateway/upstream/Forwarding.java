package io.kubespring.gateway.upstream;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.gateway.identity.Caller;
import io.kubespring.gateway.identity.PassedHeaders;
import io.kubespring.service.upgrade.DialFailure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Iterator;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Passes a request to a server and the answer back, both bodies streamed no faster than they are taken and every event
 * of a watch at once. Another server is tried where nothing was sent yet, or where a read without a body was not answered
 * (RFC 9110, "idempotent methods"). A write that was sent is never sent again.
 */
public final class Forwarding {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Connections connections;
    private final BodyLimit limit;

    public Forwarding(Connections connections, BodyLimit limit) {
        this.connections = connections;
        this.limit = limit;
    }

    /**
     * @param servers who can answer
     * @param target path and query, as they are to be sent
     * @param chosen is told of every server that is tried
     * @return fails with a {@link StatusException} as long as nothing of an answer was sent
     */
    public Mono<Void> forward(
            Endpoints servers,
            HttpServerRequest request,
            HttpServerResponse response,
            String target,
            Caller caller,
            Consumer<Endpoint> chosen) {
        limit.check(request.requestHeaders());
        return attempt(
                new Exchange(servers, request, response, target, caller, chosen),
                servers.inTurn().iterator());
    }

    private record Exchange(
            Endpoints servers,
            HttpServerRequest request,
            HttpServerResponse response,
            String target,
            Caller caller,
            Consumer<Endpoint> chosen) {

        boolean hasBody() {
            HttpHeaders headers = request.requestHeaders();
            return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                    || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")
                    || !reads() && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        }

        boolean reads() {
            return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        }
    }

    private Mono<Void> attempt(Exchange exchange, Iterator<Endpoint> candidates) {
        Endpoint server = candidates.next();
        exchange.chosen().accept(server);
        Waiting waiting = exchange.servers().await(server);
        HttpClient.RequestSender sender = connections
                .http(exchange.caller())
                .headers(headers -> {
                    headers.clear();
                    PassedHeaders.request(
                            exchange.request().requestHeaders(),
                            headers,
                            exchange.caller(),
                            exchange.request().remoteAddress());
                })
                .request(exchange.request().method())
                .uri(server.origin() + exchange.target());
        HttpClient.ResponseReceiver<?> receiver = exchange.hasBody()
                ? sender.send((unused, out) ->
                        out.send(limit.counted(exchange.request().receive()).map(ByteBuf::retain)))
                : sender;
        Mono<Void> answered = receiver.responseConnection((answer, connection) -> {
                    server.waiting.remove(waiting);
                    return answer(exchange, answer, connection);
                })
                .then();
        return Mono.firstWithSignal(answered, waiting.ended())
                .doFinally(end -> server.waiting.remove(waiting))
                .onErrorResume(failure -> failed(exchange, server, candidates, failure));
    }

    private static Publisher<Void> answer(Exchange exchange, HttpClientResponse answer, Connection connection) {
        HttpServerResponse response = exchange.response();
        response.status(answer.status());
        PassedHeaders.answer(answer.responseHeaders(), response.responseHeaders());
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            return connection.inbound().receive().then(response.sendHeaders().then());
        }
        Flux<ByteBuf> body = connection.inbound().receive().retain();
        boolean open = !answer.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH);
        // The head of a watch goes out at once, perhaps long before there is anything to tell.
        Publisher<Void> sent = open ? response.sendHeaders().send(body, each -> true) : response.send(body);
        return Mono.from(sent).doOnError(failure -> connection.dispose()).doOnCancel(connection::dispose);
    }

    private Mono<Void> failed(Exchange exchange, Endpoint server, Iterator<Endpoint> candidates, Throwable failure) {
        if (failure instanceof StatusException || exchange.response().hasSentHeaders()) {
            return Mono.error(failure);
        }
        boolean unsent = Unsent.is(failure);
        LOG.debug("{} {}: {}", exchange.servers().kind(), server, failure.toString());
        if (unsent) {
            server.unreachable();
        }
        boolean again = unsent || exchange.reads() && !exchange.hasBody();
        if (again && candidates.hasNext()) {
            return attempt(exchange, candidates);
        }
        return Mono.error(unsent ? unavailable(exchange, server, failure) : unanswered(exchange));
    }

    private static StatusException unavailable(Exchange exchange, Endpoint server, Throwable failure) {
        return Unsent.status("no " + exchange.servers().kind() + " can be reached: "
                + DialFailure.text(server.host(), server.port(), failure));
    }

    private static StatusException unanswered(Exchange exchange) {
        return exchange.reads()
                ? Unsent.status("the " + exchange.servers().kind() + " did not answer")
                : new StatusException(
                        StatusReason.TIMEOUT,
                        "the " + exchange.servers().kind()
                                + " did not answer; what was asked for may have been done, or be done later");
    }
}
