package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.Probe;
import io.kubespring.node.cri.CriException;
import io.kubespring.node.cri.CriRuntime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Asks by command, HTTP, TCP or gRPC. */
final class RealProber implements Prober {

    private final CriRuntime runtime;

    RealProber(CriRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Outcome probe(Probe probe, Container container, String containerId, String podIp, Duration timeout) {
        try {
            if (probe.getExec() != null) {
                return exec(probe, containerId, timeout);
            }
            if (probe.getHttpGet() != null) {
                return http(probe.getHttpGet(), container, podIp, timeout);
            }
            if (probe.getTcpSocket() != null) {
                int port = PortResolver.resolve(probe.getTcpSocket().getPort(), container);
                return tcp(orElse(probe.getTcpSocket().getHost(), podIp), port, timeout);
            }
            if (probe.getGrpc() != null) {
                String service = orElse(probe.getGrpc().getService(), "");
                return GrpcHealth.check(podIp, probe.getGrpc().getPort(), service, timeout);
            }
            return Outcome.errored("missing probe handler");
        } catch (IllegalArgumentException wrong) {
            return Outcome.errored(String.valueOf(wrong.getMessage()));
        }
    }

    private Outcome exec(Probe probe, String containerId, Duration timeout) {
        var command = probe.getExec().getCommand();
        try {
            var result = runtime.execSync(containerId, command, timeout);
            String output = new String(result.stdout(), StandardCharsets.UTF_8)
                    + new String(result.stderr(), StandardCharsets.UTF_8);
            return result.exitCode() == 0 ? Outcome.ok(output) : Outcome.failed(output);
        } catch (CriException failure) {
            if (failure.code() == CriException.Code.DEADLINE_EXCEEDED) {
                return Outcome.failed("command timed out: \"" + String.join(" ", command) + "\" timed out after "
                        + timeout.toSeconds() + "s");
            }
            return Outcome.errored(failure.rendered());
        }
    }

    private static Outcome http(HTTPGetAction action, Container container, String podIp, Duration timeout) {
        var headers = new HashMap<String, String>();
        headers.put("User-Agent", "kube-probe/1.36");
        headers.put("Accept", "*/*");
        if (action.getHttpHeaders() != null) {
            for (HTTPHeader header : action.getHttpHeaders()) {
                headers.put(header.getName(), header.getValue());
            }
        }
        String path = orElse(action.getPath(), "/");
        try {
            var answer = HttpCall.get(
                    "HTTPS".equals(action.getScheme()),
                    orElse(action.getHost(), podIp),
                    PortResolver.resolve(action.getPort(), container),
                    path.startsWith("/") ? path : "/" + path,
                    headers,
                    timeout);
            if (answer.status() >= 200 && answer.status() < 400) {
                return Outcome.ok(answer.body());
            }
            return Outcome.failed("HTTP probe failed with statuscode: " + answer.status());
        } catch (IOException failure) {
            return Outcome.failed(String.valueOf(failure.getMessage()));
        }
    }

    private static Outcome tcp(String host, int port, Duration timeout) {
        String address = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) Math.max(1, timeout.toMillis()));
            return Outcome.ok("");
        } catch (SocketTimeoutException slow) {
            return Outcome.failed("dial tcp " + address + ": i/o timeout");
        } catch (ConnectException refused) {
            return Outcome.failed("dial tcp " + address + ": connect: connection refused");
        } catch (IOException failure) {
            return Outcome.failed("dial tcp " + address + ": " + failure.getMessage());
        }
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
