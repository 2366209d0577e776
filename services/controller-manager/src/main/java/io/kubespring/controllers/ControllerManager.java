package io.kubespring.controllers;

import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.controller.Manager;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.Informers;
import io.kubespring.client.leader.Leadership;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.runtime.ControllerManagerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the enabled controllers over shared informers. With leader election nothing runs until this instance leads, and
 * losing the lease stops everything for good: the process should end and be started again, as upstream's does.
 */
public final class ControllerManager implements AutoCloseable {

    /** The name under which {@code clientFor} gives the manager's own client, which lists and watches for all. */
    public static final String IDENTITY = "kube-controller-manager";

    private final ControllerManagerConfig config;
    private final Manager manager;
    private final Informers informers;
    private final ApiProbe probe;
    private final Leadership leadership;
    private final Runnable onLost;
    private final @Nullable ExecutorService ownExecutor;

    /**
     * @param clientFor gives each controller a client of its own identity, by the controller's name
     * @param onLost called once when the lease was lost and everything stopped
     */
    public ControllerManager(
            ControllerManagerConfig config,
            Function<String, KubeClient> clientFor,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics,
            Runnable onLost) {
        this(config, clientFor, time, random, metrics, onLost, null);
    }

    /** @param executor null for virtual threads of its own */
    public ControllerManager(
            ControllerManagerConfig config,
            Function<String, KubeClient> clientFor,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics,
            Runnable onLost,
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
        this.onLost = onLost;
        this.leadership =
                new Leadership(config.leaderElection(), client, random, tasks, manager::start, this::leadershipLost);
    }

    public void start() {
        probe.start();
        leadership.start();
    }

    private void leadershipLost() {
        manager.close();
        onLost.run();
    }

    /** False once an elected instance has lost its lease: it will not run again. */
    public boolean alive() {
        return !leadership.lost();
    }

    /** Whether the API server answers and the controllers run, or this instance waits for its turn to lead. */
    public boolean ready() {
        return probe.reachable() && (leadership.waiting() || leadership.held() && manager.running());
    }

    /** For health details: what is still missing, or a word that all is well. */
    public String state() {
        if (leadership.lost()) {
            return "leadership lost";
        }
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        if (leadership.waiting()) {
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
        leadership.close();
        if (ownExecutor != null) {
            ownExecutor.shutdownNow();
        }
    }
}
