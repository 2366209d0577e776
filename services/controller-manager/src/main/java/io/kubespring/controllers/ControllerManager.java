package io.kubespring.controllers;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.Informers;
import io.kubespring.client.leader.LeaderElectionConfig;
import io.kubespring.client.leader.LeaderElector;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the enabled controllers over shared informers. With leader election nothing runs until this instance leads, and
 * losing the lease stops everything for good: the process should end and be started again, as upstream's does.
 */
public final class ControllerManager implements AutoCloseable {

    /** The name under which {@code clientFor} gives the manager's own client, which lists and watches for all. */
    public static final String IDENTITY = "kube-controller-manager";

    private static final Logger LOG = LoggerFactory.getLogger(ControllerManager.class);

    private final ControllerManagerConfig config;
    private final Manager manager;
    private final Informers informers;
    private final ApiProbe probe;
    private final @Nullable LeaderElector elector;
    private final @Nullable ExecutorService ownExecutor;
    private volatile boolean lost;

    /** @param clientFor gives each controller a client of its own identity, by the controller's name */
    public ControllerManager(
            ControllerManagerConfig config,
            Function<String, KubeClient> clientFor,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        this(config, clientFor, time, random, metrics, null);
    }

    /** @param executor null for virtual threads of its own */
    public ControllerManager(
            ControllerManagerConfig config,
            Function<String, KubeClient> clientFor,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics,
            @Nullable Executor executor) {
        this.config = config;
        Executor tasks = executor == null ? Executors.newVirtualThreadPerTaskExecutor() : executor;
        this.ownExecutor = executor == null ? (ExecutorService) tasks : null;
        KubeClient client = clientFor.apply(IDENTITY);
        this.probe = new ApiProbe(client);
        this.informers = new Informers(client, tasks, random);
        this.manager = new Manager(time, tasks).add(informers);
        var context = new ControllerContext(config, clientFor, informers, manager, tasks, time, random, metrics);
        for (ControllerName each : ControllerName.values()) {
            if (config.enabled(each.text())) {
                each.register(context);
            }
        }
        this.elector = config.leaderElect()
                ? new LeaderElector(
                        LeaderElectionConfig.of("kube-system", "kube-controller-manager", config.leaderElectIdentity()),
                        client,
                        random,
                        tasks,
                        manager::start,
                        this::leadershipLost)
                : null;
    }

    public void start() {
        probe.start();
        if (elector == null) {
            manager.start();
        } else {
            elector.start();
        }
    }

    private void leadershipLost() {
        lost = true;
        LOG.error("leader election lost, controllers stop");
        manager.close();
    }

    /** False once an elected instance has lost its lease: it will not run again. */
    public boolean alive() {
        return !lost;
    }

    /** Whether the API server answers and the controllers run, or this instance waits for its turn to lead. */
    public boolean ready() {
        if (!probe.reachable()) {
            return false;
        }
        return elector != null && !elector.isLeader() ? !lost : manager.running();
    }

    /** For health details: what is still missing, or a word that all is well. */
    public String state() {
        if (lost) {
            return "leadership lost";
        }
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        if (elector != null && !elector.isLeader()) {
            return "waiting to lead";
        }
        return manager.running() ? "running" : "waiting for " + String.join(", ", informers.unsynced());
    }

    public ControllerManagerConfig config() {
        return config;
    }

    @Override
    public void close() {
        probe.close();
        manager.close();
        if (elector != null) {
            elector.close();
        }
        if (ownExecutor != null) {
            ownExecutor.shutdownNow();
        }
    }
}
