package io.kubespring.dns;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informers;
import io.kubespring.dns.forward.Forwarder;
import io.kubespring.dns.forward.ResolvConf;
import io.kubespring.dns.zone.ClusterZone;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The DNS component: follows Services, EndpointSlices and Namespaces into a {@link ClusterZone} and serves it. Names of the
 * cluster are answered from the last known state also while the API server is away.
 */
public final class ClusterDns implements AutoCloseable {

    private final DnsConfig config;
    private final TimeSource time;
    private final RandomSource random;
    private final MeterRegistry metrics;
    private final ClusterZone zone;
    private final Informers informers;
    private final ApiProbe probe;
    private final EventLoopGroup loops;
    private @Nullable Forwarder forwarder;
    private @Nullable DnsServer server;
    private @Nullable InetSocketAddress bound;

    public ClusterDns(
            DnsConfig config, KubeClient client, TimeSource time, RandomSource random, MeterRegistry metrics) {
        this.config = config;
        this.time = time;
        this.random = random;
        this.metrics = metrics;
        zone = new ClusterZone(config.domain());
        informers = new Informers(client, Executors.newVirtualThreadPerTaskExecutor(), random);
        probe = new ApiProbe(client);
        loops = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("dns", true), NioIoHandler.newFactory());
        informers.informer(Service.class).addHandler(EventHandler.of(zone::put, zone::remove));
        informers.informer(EndpointSlice.class).addHandler(EventHandler.of(zone::put, zone::remove));
        informers
                .informer(Namespace.class)
                .addHandler(EventHandler.of(
                        namespace -> zone.putNamespace(namespace.getMetadata().getName()),
                        namespace ->
                                zone.removeNamespace(namespace.getMetadata().getName())));
    }

    /**
     * Listens at once; until the first state is known, {@link #ready} is false.
     *
     * @throws RuntimeException where the address cannot be listened on
     */
    public void start() {
        try {
            forwarder = new Forwarder(ResolvConf.nameServers(config.resolvConf()), loops, time, random);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + config.resolvConf(), unreadable);
        }
        server = new DnsServer(zone, forwarder, config.timeToLive(), new DnsMetrics(metrics, time, zone.origin()));
        bound = server.listen(config.listen(), loops);
        informers.start();
        probe.start();
    }

    /** Where it listens, null before the start. */
    public @Nullable InetSocketAddress address() {
        return bound;
    }

    /** Whether it listens, knows the cluster's names, and hears of changes. */
    public boolean ready() {
        return bound != null && informers.hasSynced() && probe.reachable();
    }

    /** For health details: what is missing, or a word that all is well. */
    public String state() {
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        return informers.hasSynced() ? "serving" : "waiting for " + String.join(", ", informers.unsynced());
    }

    @Override
    public void close() {
        probe.close();
        informers.close();
        if (server != null) {
            server.close();
        }
        if (forwarder != null) {
            forwarder.close();
        }
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
}
