package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server does for its cluster once it answers: each step until it succeeds, then again every while, so that what
 * somebody deleted returns. Works through the server's own API as {@code system:apiserver}.
 */
public final class ClusterBootstrap implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterBootstrap.class);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration REPEAT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KubeClient client;
    private final TimeSource time;
    private final List<BootstrapStep> once;
    private final List<BootstrapStep> kept;
    private final KubernetesService service;
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private volatile boolean done;
    private volatile @Nullable Thread worker;

    /**
     * @param servers where the API servers of one store tell each other that they are there
     * @param identity of this server
     * @param authentication data of the extension-apiserver-authentication ConfigMap
     */
    public ClusterBootstrap(
            KubeClient client,
            TimeSource time,
            ClusterNetwork network,
            ServerLeases servers,
            IdentityLease identity,
            Map<String, String> authentication) {
        this.client = client;
        this.time = time;
        var namespaces = new SystemNamespaces();
        service = new KubernetesService(network, servers);
        var flowControl = new FlowControlObjects();
        once = new ArrayList<>(List.of(
                namespaces,
                new RbacRoles(RoleTable.builtIn()),
                new SystemPriorityClasses(),
                new DefaultServiceCidr(network, time),
                service,
                flowControl,
                identity));
        kept = new ArrayList<>(
                List.of(namespaces, flowControl, service, identity, new DefaultServiceCidr(network, time)));
        if (!authentication.isEmpty()) {
            var map = new ExtensionAuthentication(authentication);
            once.add(map);
            kept.add(map);
        }
    }

    public void start() {
        worker = Thread.ofVirtual().name("bootstrap").start(this::run);
    }

    /** Names of the steps, of which each must succeed once. */
    public List<String> steps() {
        return once.stream().map(BootstrapStep::name).toList();
    }

    /** Whether a step succeeded once. */
    public boolean isDone(String step) {
        return finished.contains(step);
    }

    /** Whether every step succeeded once. */
    public boolean ready() {
        return done;
    }

    private void run() {
        try {
            for (BootstrapStep step : once) {
                untilDone(step);
                finished.add(step.name());
            }
            done = true;
            LOG.info("the cluster's own objects are in place");
            while (true) {
                time.sleep(REPEAT);
                for (BootstrapStep step : kept) {
                    attempt(step);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilDone(BootstrapStep step) throws InterruptedException {
        while (!attempt(step)) {
            time.sleep(RETRY);
        }
    }

    private boolean attempt(BootstrapStep step) throws InterruptedException {
        try {
            step.run(client);
            return true;
        } catch (RuntimeException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("{} failed, will be tried again: {}", step.name(), failure.getMessage());
            return false;
        }
    }

    /** No more endpoint of the cluster; must come before the store is closed. */
    @Override
    public void close() {
        Thread running = worker;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (running.join(PATIENCE) && done) {
                service.leave(client);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn("could not leave the endpoints of default/kubernetes: {}", failure.getMessage());
        }
    }
}
