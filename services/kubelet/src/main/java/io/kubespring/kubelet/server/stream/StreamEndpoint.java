package io.kubespring.kubelet.server.stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.kubelet.server.request.PodLookup;
import io.kubespring.kubelet.state.ContainerInfo;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.AttachRequest;
import io.kubespring.node.cri.v1.ExecRequest;
import io.kubespring.node.cri.v1.PodSandboxStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /exec}, {@code /attach} and {@code /portForward}: asks the runtime for a stream's address, then connects the
 * client to it.
 */
public final class StreamEndpoint implements Endpoint {

    private final PodLookup lookup;
    private final CriRuntime runtime;
    private final Duration idle;

    /** @param idle after which a silent stream is ended; zero for never */
    public StreamEndpoint(PodLookup lookup, CriRuntime runtime, Duration idle) {
        this.lookup = lookup;
        this.runtime = runtime;
        this.idle = idle;
    }

    @Override
    public boolean handles(String first) {
        return first.equals("exec") || first.equals("attach") || first.equals("portForward");
    }

    @Override
    public void serve(Exchange exchange) throws IOException, InterruptedException {
        List<String> parts = exchange.segments();
        boolean forward = parts.getFirst().equals("portForward");
        if (parts.size() < (forward ? 3 : 4)) {
            throw new HttpError(404, "404 page not found\n");
        }
        Pod pod = lookup.pod(parts.get(1), parts.get(2));
        if (forward) {
            var upgrade = new ClientUpgrade(exchange, idle);
            upgrade.requireUpgrade();
            upgrade.portForward(URI.create(portForward(pod, ports(exchange))));
            return;
        }
        // Some clients put the Pod's uid before the container's name.
        ContainerInfo container = lookup.running(pod, parts.getLast());
        boolean stdin = exchange.flag("input", "stdin");
        boolean stdout = exchange.flag("output", "stdout");
        boolean stderr = exchange.flag("error", "stderr");
        boolean tty = exchange.flag("tty");
        if (!stdin && !stdout && !stderr) {
            throw new HttpError(400, "you must specify at least 1 of stdin, stdout, stderr");
        }
        var upgrade = new ClientUpgrade(exchange, idle);
        upgrade.requireUpgrade();
        String address = parts.getFirst().equals("exec")
                ? runtime.exec(ExecRequest.newBuilder()
                        .setContainerId(container.id())
                        .addAllCmd(exchange.parameters("command"))
                        .setStdin(stdin)
                        .setStdout(stdout)
                        .setStderr(stderr && !tty)
                        .setTty(tty)
                        .build())
                : runtime.attach(AttachRequest.newBuilder()
                        .setContainerId(container.id())
                        .setStdin(stdin)
                        .setStdout(stdout)
                        .setStderr(stderr && !tty)
                        .setTty(tty)
                        .build());
        upgrade.remoteCommand(URI.create(address), new RemoteCommandBridge(stdin, stdout, stderr, tty));
    }

    /** Only WebSocket clients of old name them; others do so stream by stream. */
    private static List<Integer> ports(Exchange exchange) {
        var ports = new ArrayList<Integer>();
        for (String list : exchange.parameters("port")) {
            for (String each : list.split(",")) {
                try {
                    ports.add(Integer.parseUnsignedInt(each));
                } catch (NumberFormatException wrong) {
                    throw new HttpError(400, "unable to parse \"" + each + "\" as a port");
                }
            }
        }
        return ports;
    }

    private String portForward(Pod pod, List<Integer> ports) {
        PodSandboxStatus sandbox = lookup.state(pod).readySandbox();
        if (sandbox == null) {
            throw new HttpError(404, "pod not found (\"" + pod.getMetadata().getName() + "\")");
        }
        return runtime.portForward(sandbox.getId(), ports);
    }
}
