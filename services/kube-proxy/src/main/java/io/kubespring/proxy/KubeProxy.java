package io.kubespring.proxy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informers;
import io.kubespring.node.iptables.Iptables;
import io.kubespring.node.process.HostCommands;
import io.kubespring.proxy.conntrack.StaleFlows;
import io.kubespring.proxy.health.HealthPorts;
import io.kubespring.proxy.iptables.IptablesProxier;
import io.kubespring.proxy.model.ServiceMap;
import io.kubespring.proxy.model.ServicePort;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows Services and EndpointSlices and keeps this node's rules equal to them. Changes are gathered for a moment and
 * applied together; a failure is tried again with everything, so no change is lost.
 */
public final class KubeProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KubeProxy.class);

    private final ProxyConfig config;
    private final TimeSource time;
    private final Executor executor;
    private final ProxyMetrics metrics;
    private final ServiceMap services;
    private final IptablesProxier proxier;
    private final StaleFlows staleFlows;
    private final HealthPorts healthPorts;
    private final Informers informers;
    private final ApiProbe probe;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<String, List<ServicePort>> unapplied = new HashMap<>();
    private final AtomicLong lastSync = new AtomicLong();
    private volatile boolean failing;
    private volatile boolean closed;
    private TimeSource.Cancellable resync = () -> {};

    public KubeProxy(
            ProxyConfig config,
            KubeClient client,
            Iptables iptables,
            HostCommands host,
            TimeSource time,
            RandomSource random,
            Executor executor,
            MeterRegistry metrics) {
        this.config = config;
        this.time = time;
        this.executor = executor;
        this.metrics = new ProxyMetrics(metrics);
        services = new ServiceMap(config.node());
        proxier = new IptablesProxier(iptables, config.clusterCidr(), config.serviceCidr());
        staleFlows = new StaleFlows(host);
        healthPorts = new HealthPorts(() -> !failing);
        informers = new Informers(client, executor, random);
        probe = new ApiProbe(client);
        informers.informer(Service.class).addHandler(handler(services::put, services::remove));
        informers.informer(EndpointSlice.class).addHandler(handler(services::put, services::remove));
        this.metrics.lastSync(lastSync);
    }

    private <T> EventHandler<T> handler(Consumer<T> put, Consumer<T> remove) {
        return EventHandler.of(put.andThen(changed -> scheduleSync()), remove.andThen(gone -> scheduleSync()));
    }

    public void start() {
        probe.start();
        informers.start();
        resync = time.scheduleAtFixedRate(config.syncPeriod(), config.syncPeriod(), () -> {
            proxier.requestResync();
            scheduleSync();
        });
        scheduleSync();
    }

    /** The rules have been written, the last attempt did not fail, and news can come. */
    public boolean ready() {
        return lastSync.get() > 0 && !failing && probe.reachable();
    }

    /** For health details: what is wrong, or a word that all is well. */
    public String state() {
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        if (failing) {
            return "rules not written";
        }
        return lastSync.get() > 0 ? "rules written" : "waiting for " + String.join(", ", informers.unsynced());
    }

    private void scheduleSync() {
        if (!closed && scheduled.compareAndSet(false, true)) {
            time.schedule(config.minSyncPeriod(), () -> executor.execute(this::sync));
        }
    }

    /** Half a picture would cut connections that work: nothing is written before everything is known. */
    private synchronized void sync() {
        scheduled.set(false);
        if (closed) {
            return;
        }
        if (!informers.hasSynced()) {
            scheduleSync();
            return;
        }
        long began = time.nanoTime();
        unapplied.putAll(services.takeChanges());
        try {
            proxier.apply(unapplied);
            staleFlows.clean(unapplied);
            healthPorts.apply(unapplied);
            unapplied.clear();
            failing = false;
            lastSync.set(time.now().getEpochSecond());
            metrics.synced(time.nanoTime() - began);
        } catch (IOException refused) {
            failing = true;
            metrics.failed();
            LOG.error("rules not written: {}", refused.getMessage());
            time.schedule(Duration.ofSeconds(2), this::scheduleSync);
        }
    }

    /** Stops following; the rules stay, so connections go on. */
    @Override
    public void close() {
        closed = true;
        probe.close();
        resync.cancel();
        healthPorts.close();
        informers.close();
    }
}
