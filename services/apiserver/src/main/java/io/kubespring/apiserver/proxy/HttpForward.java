package io.kubespring.apiserver.proxy;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.request.DirectAnswer;
import io.kubespring.service.upgrade.DialFailure;
import io.kubespring.service.upgrade.ForwardedHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Passes a request on and its answer back, both bodies streamed no faster than they are taken. Redirects and the links of
 * HTML pages are made to lead through the proxy again.
 */
final class HttpForward implements DirectAnswer {

    private final ProxyClient client;
    private final Location location;
    private final String prefix;
    private final String path;
    private final String query;

    /**
     * @param prefix the proxy's own path, encoded, without a slash at its end
     * @param path below it, encoded, with a slash at its beginning
     * @param query with its question mark, or empty
     */
    HttpForward(ProxyClient client, Location location, String prefix, String path, String query) {
        this.client = client;
        this.location = location;
        this.prefix = prefix;
        this.path = path;
        this.query = query;
    }

    @Override
    public Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        var sender = client.http(location)
                .headers(headers -> forwarded(request, headers))
                .request(request.method())
                .uri(location.origin() + path + query);
        HttpClient.ResponseReceiver<?> receiver = hasBody(request.requestHeaders())
                ? sender.send((unused, out) -> out.send(request.receive().retain()))
                : sender;
        return receiver.responseConnection((answer, connection) -> answer(request, response, answer, connection))
                .then()
                .onErrorMap(failure -> !(failure instanceof StatusException), this::unreachable);
    }

    private void forwarded(HttpServerRequest request, HttpHeaders headers) {
        headers.clear();
        ForwardedHeaders.copyEndToEnd(request.requestHeaders(), headers);
        ForwardedHeaders.appendForwardedFor(headers, request.remoteAddress());
        headers.set("X-Forwarded-Uri", prefix + path);
    }

    private static boolean hasBody(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
    }

    private Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, HttpClientResponse answer, Connection connection) {
        HttpHeaders headers = response.responseHeaders();
        response.status(answer.status());
        ForwardedHeaders.copyAnswer(answer.responseHeaders(), headers);
        LinkRewriter links = new LinkRewriter(
                prefix, location.authority(), request.requestHeaders().get(HttpHeaderNames.HOST, ""));
        String redirect = headers.get(HttpHeaderNames.LOCATION, "");
        if (!redirect.isEmpty()) {
            headers.set(HttpHeaderNames.LOCATION, links.rewrite(redirect));
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            return connection.inbound().receive().then(response.sendHeaders().then());
        }
        Flux<ByteBuf> body = connection.inbound().receive().retain();
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "");
        if (redirect.isEmpty() && isHtml(headers) && HtmlBody.understands(encoding)) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.CONTENT_ENCODING);
            body = HtmlBody.rewritten(connection.inbound().receive().asByteArray(), encoding, links);
        }
        return response.send(body)
                .then()
                .doOnError(failure -> connection.dispose())
                .doOnCancel(connection::dispose);
    }

    private static boolean isHtml(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().equals("text/html");
    }

    private StatusException unreachable(Throwable failure) {
        return new StatusException(
                StatusReason.SERVICE_UNAVAILABLE,
                "error trying to reach service: " + DialFailure.text(location.host(), location.port(), failure));
    }
}
