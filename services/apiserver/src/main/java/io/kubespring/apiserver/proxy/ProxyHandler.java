package io.kubespring.apiserver.proxy;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.request.ApiRequest;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.DirectAnswer;
import io.kubespring.apiserver.streaming.ConnectGate;
import io.kubespring.apiserver.streaming.UpgradeTunnel;
import io.kubespring.service.upgrade.Tunnels;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * {@code …/proxy} and everything below it, for any method. What follows in the path and the query goes on as the client
 * encoded it. An upgrade becomes a tunnel; anything else is forwarded.
 */
final class ProxyHandler implements VerbHandler {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Locator locator;
    private final ProxyClient client;
    private final ConnectGate gate;
    private final Tunnels tunnels;

    ProxyHandler(Locator locator, ProxyClient client, ConnectGate gate, Tunnels tunnels) {
        this.locator = locator;
        this.client = client;
        this.gate = gate;
        this.tunnels = tunnels;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        ApiRequest request = call.request();
        if (!METHODS.contains(request.method())) {
            throw new StatusException(
                    StatusReason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource");
        }
        gate.admit(call, call.name());
        return locator.locate(call.namespace(), call.name()).map(location -> answer(request, location));
    }

    private ApiResponse answer(ApiRequest request, Location location) {
        String raw = request.rawPath();
        String suffix = request.info().rawSuffix();
        String prefix = stripped(raw.substring(0, raw.length() - suffix.length()));
        String path = suffix.isEmpty() && !raw.endsWith("/") ? "" : "/" + suffix;
        String query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
        if (UpgradeTunnel.isUpgrade(request.headers())) {
            String uri = (path.isEmpty() ? "/" : path) + query;
            return new ApiResponse.Direct(new UpgradeTunnel(client.target(location), uri, tunnels));
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (path.isEmpty() && reads) {
            // Relative links of a page only work below a slash.
            return new ApiResponse.Bytes(
                    301, "text/plain; charset=utf-8", List.of("Location", raw + "/" + query), new byte[0]);
        }
        DirectAnswer forward = new HttpForward(client, location, prefix, path.isEmpty() ? "/" : path, query);
        return new ApiResponse.Direct(forward);
    }

    private static String stripped(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
