package io.kubespring.apiserver.streaming;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ForbiddenMessage;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * {@code pods/exec} and {@code pods/attach} over WebSocket: the frames go through to the kubelet in the subprotocol that
 * client and kubelet share. Opening one needs the permission to create it, whatever the HTTP method.
 */
final class ExecHandler implements VerbHandler {

    /** What is passed on, in order of preference; older ones cannot close their input or report an exit code. */
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private final String endpoint;
    private final ObjectSource objects;
    private final KubeletEndpoints endpoints;
    private final KubeletClient kubelets;
    private final Authorizer authorizer;
    private final AdmissionChain admission;

    /** @param endpoint "exec" or "attach" */
    ExecHandler(
            String endpoint,
            ObjectSource objects,
            KubeletEndpoints endpoints,
            KubeletClient kubelets,
            Authorizer authorizer,
            AdmissionChain admission) {
        this.endpoint = endpoint;
        this.objects = objects;
        this.endpoints = endpoints;
        this.kubelets = kubelets;
        this.authorizer = authorizer;
        this.admission = admission;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        QueryParameters query = call.request().query();
        authorizeCreate(call);
        List<String> protocols = protocols(call);
        PodTarget target = PodTarget.of(objects, call.namespace(), call.name(), query.firstOr("container", ""));
        if (target.node().isEmpty()) {
            throw StatusException.badRequest("pod " + target.pod() + " does not have a host assigned");
        }
        if (endpoint.equals("exec") && query.all("command").isEmpty()) {
            throw StatusException.badRequest("you must specify at least 1 command for the container");
        }
        admission.validate(connect(call), null, null);
        String uri = "wss://" + endpoints.authority(target.node()) + target.path(endpoint) + forwarded(query);
        return Mono.just(new ApiResponse.Tunnel(kubelets.http(), uri, protocols, List.of()));
    }

    private void authorizeCreate(Call call) {
        if (call.info().verb().equals("create")) {
            return;
        }
        Attributes attributes = Attributes.resource(
                call.request().user(), "create", "", "pods", endpoint, call.namespace(), call.name());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw ForbiddenMessage.of(attributes, decision.reason());
        }
    }

    private static List<String> protocols(Call call) {
        String upgrade = call.request().headers().first("upgrade");
        if (upgrade == null || !upgrade.toLowerCase(Locale.ROOT).equals("websocket")) {
            throw StatusException.badRequest(
                    upgrade == null
                            ? "Upgrade request required"
                            : "unable to upgrade: only websocket is supported, not " + upgrade);
        }
        List<String> offered = new ArrayList<>();
        for (String header : call.request().headers().all("sec-websocket-protocol")) {
            for (String each : header.split(",")) {
                offered.add(each.strip());
            }
        }
        List<String> shared = PROTOCOLS.stream().filter(offered::contains).toList();
        if (shared.isEmpty()) {
            throw StatusException.badRequest(
                    "unable to upgrade: none of the subprotocols " + offered + " is supported, only " + PROTOCOLS);
        }
        return shared;
    }

    private AdmissionAttributes connect(Call call) {
        return new AdmissionAttributes(
                AdmissionAttributes.Operation.CONNECT,
                Objects.requireNonNull(call.type().subresource(endpoint)).kind(),
                call.groupResource(),
                endpoint,
                call.namespace(),
                call.name(),
                call.request().user(),
                false,
                null);
    }

    /** In the kubelet's own words: input, output, error. */
    private static String forwarded(QueryParameters query) {
        var text = new StringBuilder("?");
        flag(text, query, "stdin", "input");
        flag(text, query, "stdout", "output");
        flag(text, query, "stderr", "error");
        flag(text, query, "tty", "tty");
        for (String word : query.all("command")) {
            text.append("command=")
                    .append(URLEncoder.encode(word, StandardCharsets.UTF_8))
                    .append('&');
        }
        return text.substring(0, text.length() - 1);
    }

    private static void flag(StringBuilder text, QueryParameters query, String ours, String theirs) {
        if (query.flag(ours)) {
            text.append(theirs).append("=1&");
        }
    }
}
