package io.kubespring.kubelet.server;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.node.NodeParts;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.PodLookup;
import io.kubespring.kubelet.server.stream.StreamEndpoint;
import io.kubespring.kubelet.state.PodStateReader;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.kubelet.worker.RuntimeWatcher;
import io.kubespring.node.cri.CriRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** Puts the endpoint together. */
public final class ServerParts {

    private ServerParts() {}

    /** @throws IllegalStateException where the certificates cannot be read */
    public static KubeletServer create(
            KubeletConfig config,
            KubeClient client,
            CriRuntime runtime,
            NodeParts node,
            PodWorkers workers,
            PodStateReader reader,
            StatusManager statuses,
            RuntimeWatcher watcher,
            MeterRegistry metrics,
            TimeSource time) {
        String name = config.node().hostnameOverride();
        var loops = KubeletServer.eventLoops();
        var lookup = new PodLookup(workers, reader);
        List<Endpoint> endpoints = List.of(
                new HealthEndpoint(node.health()::runtimeProblem),
                new PodsEndpoint(workers, statuses, watcher),
                new StatsEndpoint(name, runtime, workers, node.pressure(), time),
                new MetricsEndpoint(metrics, runtime),
                new LogsEndpoint(lookup, statuses, runtime, time),
                new StreamEndpoint(lookup, runtime, config.server().streamingIdle()));
        try {
            return new KubeletServer(config.server(), name, node.address(), client, time, loops, endpoints);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("certificates not usable: " + failure.getMessage(), failure);
        }
    }
}
