package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.service.upgrade.Tunnels;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/**
 * {@code pods/exec}, {@code pods/attach} and {@code pods/portforward}: hands the connection through to the kubelet, which
 * speaks every protocol that clients do (WebSocket and SPDY/3.1), so that no byte of it is looked at here.
 */
final class StreamHandler implements VerbHandler {

    private final ObjectSource objects;
    private final KubeletEndpoints endpoints;
    private final KubeletClient kubelets;
    private final ConnectGate gate;
    private final Tunnels tunnels;

    StreamHandler(
            ObjectSource objects,
            KubeletEndpoints endpoints,
            KubeletClient kubelets,
            ConnectGate gate,
            Tunnels tunnels) {
        this.objects = objects;
        this.endpoints = endpoints;
        this.kubelets = kubelets;
        this.gate = gate;
        this.tunnels = tunnels;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        gate.requireCreate(call);
        gate.admit(call, call.name());
        boolean forward = call.subresource().equals("portforward");
        QueryParameters query = call.request().query();
        PodTarget target = forward
                ? PodTarget.whole(objects, call.namespace(), call.name())
                : PodTarget.of(objects, call.namespace(), call.name(), query.firstOr("container", ""));
        if (target.node().isEmpty()) {
            throw StatusException.badRequest("pod " + target.pod() + " does not have a host assigned");
        }
        if (call.subresource().equals("exec") && query.all("command").isEmpty()) {
            throw StatusException.badRequest("you must specify at least 1 command for the container");
        }
        if (!UpgradeTunnel.isUpgrade(call.request().headers())) {
            throw StatusException.badRequest("Upgrade request required");
        }
        String uri = forward
                ? target.path("portForward") + ports(query)
                : target.path(call.subresource()) + remoteCommand(query);
        var kubelet = kubelets.target(endpoints.of(target.node()));
        return Mono.just(new ApiResponse.Direct(new UpgradeTunnel(kubelet, uri, tunnels)));
    }

    /** In the kubelet's own words: input, output, error. */
    private static String remoteCommand(QueryParameters query) {
        var text = new StringBuilder("?");
        flag(text, query, "stdin", "input");
        flag(text, query, "stdout", "output");
        flag(text, query, "stderr", "error");
        flag(text, query, "tty", "tty");
        for (String word : query.all("command")) {
            parameter(text, "command", word);
        }
        return text.substring(0, text.length() - 1);
    }

    private static String ports(QueryParameters query) {
        var text = new StringBuilder("?");
        for (String port : query.all("ports")) {
            parameter(text, "port", port);
        }
        return text.substring(0, text.length() - 1);
    }

    private static void flag(StringBuilder text, QueryParameters query, String ours, String theirs) {
        if (query.flag(ours)) {
            parameter(text, theirs, "1");
        }
    }

    private static void parameter(StringBuilder text, String name, String value) {
        text.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&');
    }
}
