package io.kubespring.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import io.kubespring.kubelet.cluster.ApiConfigObjects;
import io.kubespring.kubelet.cluster.ApiTokens;
import io.kubespring.kubelet.cluster.InformedServices;
import io.kubespring.kubelet.cluster.RotatingTokens;
import io.kubespring.kubelet.config.KubeletConfig;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.event.RecordedEvents;
import io.kubespring.kubelet.gc.DeadContainers;
import io.kubespring.kubelet.gc.Evictor;
import io.kubespring.kubelet.gc.ImageCollector;
import io.kubespring.kubelet.gc.Orphans;
import io.kubespring.kubelet.logs.LogRotator;
import io.kubespring.kubelet.node.NodeAdmission;
import io.kubespring.kubelet.node.NodeParts;
import io.kubespring.kubelet.node.NodeReporter;
import io.kubespring.kubelet.pod.MirrorPods;
import io.kubespring.kubelet.pod.StaticPodSource;
import io.kubespring.kubelet.probe.ProbeManager;
import io.kubespring.kubelet.resources.LinuxResources;
import io.kubespring.kubelet.resources.PodCgroups;
import io.kubespring.kubelet.runtime.RuntimeParts;
import io.kubespring.kubelet.server.KubeletServer;
import io.kubespring.kubelet.server.ServerParts;
import io.kubespring.kubelet.status.ApiStatusWriter;
import io.kubespring.kubelet.status.PodStatusBuilder;
import io.kubespring.kubelet.status.StatusManager;
import io.kubespring.kubelet.volume.PodVolumes;
import io.kubespring.kubelet.worker.NodeView;
import io.kubespring.kubelet.worker.PodSyncer;
import io.kubespring.kubelet.worker.PodWorkers;
import io.kubespring.kubelet.worker.RuntimeWatcher;
import io.kubespring.node.cgroup.Cgroups;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.mount.Mounts;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node agent. Closing it leaves every container running; the next one finds them by their labels and goes on where
 * this one stopped.
 */
public final class Kubelet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final Duration RELIST = Duration.ofSeconds(1);
    private static final Duration FILE_CHECK = Duration.ofSeconds(2);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(2);
    private static final Duration LEASE_RENEWAL = Duration.ofSeconds(10);
    private static final Duration FIRST_REPORTS = Duration.ofMillis(200);
    private static final Duration ROTATION = Duration.ofSeconds(10);
    private static final Duration CONTAINER_GC = Duration.ofMinutes(1);
    private static final Duration IMAGE_GC = Duration.ofMinutes(5);
    private static final Duration EVICTION = Duration.ofSeconds(10);
    private static final int KUBELET_PORT = 10250;

    private final KubeletConfig config;
    private final TimeSource time;
    private final Executor executor = task -> Thread.ofVirtual().start(task);
    private final ApiProbe probe;
    private final Informers informers;
    private final Informer<Pod> pods;
    private final Informer<Service> services;
    private final NodeParts node;
    private final NodeReporter reporter;
    private volatile boolean closed;
    private final StatusManager statuses;
    private final ProbeManager probes;
    private final PodCgroups cgroups;
    private final PodWorkers workers;
    private final MirrorPods mirrors;
    private final RuntimeWatcher watcher;
    private final Orphans orphans;
    private final PodDispatcher dispatcher;
    private final KubeletServer server;
    private final LogRotator rotator;
    private final DeadContainers deadContainers;
    private final ImageCollector images;
    private final Evictor evictor;
    private final KubeletMeters meters;
    private final @Nullable StaticPodSource staticPods;
    private final List<TimeSource.Cancellable> timers = new ArrayList<>();

    public Kubelet(
            KubeletConfig config,
            KubeClient client,
            CriRuntime runtime,
            Cgroups host,
            TimeSource time,
            RandomSource random,
            MeterRegistry metrics) {
        this.config = config;
        this.time = time;
        this.probe = new ApiProbe(client);
        String name = config.node().hostnameOverride();
        this.informers = new Informers(client, executor, random);
        this.pods = informers.informer(Pod.class, InformerOptions.<Pod>all().fields("spec.nodeName=" + name));
        this.services = informers.informer(Service.class);
        this.node = NodeParts.create(config, runtime, time);
        var recorder = new EventRecorder(client, "kubelet", name, executor, metrics);
        var events = new RecordedEvents(recorder);
        int port = config.server().port() == 0 ? KUBELET_PORT : config.server().port();
        this.reporter = node.reporter(config, client, runtime, recorder, time, port);
        this.mirrors = new MirrorPods(client, name, reporter::nodeUid);
        var objects = new ApiConfigObjects(client, time);
        var tokens = new RotatingTokens(new ApiTokens(client), time);
        var resources = new LinuxResources(
                node.machine().memoryBytes(),
                config.containers().cpuCfsQuota(),
                config.containers().podPidsLimit());
        this.cgroups = new PodCgroups(host, resources, config.containers().cgroupRoot());
        var parts = RuntimeParts.create(
                config, runtime, objects, new InformedServices(services), events, cgroups, resources, time);
        var volumes = new PodVolumes(config.folders(), Mounts.host(), objects, tokens, time);
        this.statuses = new StatusManager(new ApiStatusWriter(client, mirrors), time);
        this.probes = new ProbeManager(runtime, events, time, node.address(), this::wake);
        var syncer = new PodSyncer(
                parts,
                runtime,
                volumes,
                cgroups,
                probes,
                new PodStatusBuilder(parts.errors(), probes.verdicts(), time, List.of(node.address())),
                statuses,
                events,
                new View(),
                config.folders());
        this.workers = new PodWorkers(syncer, events, time, config.containers().syncFrequency());
        this.watcher = new RuntimeWatcher(runtime, this::wake);
        this.orphans = new Orphans(watcher, workers, parts.reader(), parts.killer(), syncer.cleaner(), volumes);
        this.server = ServerParts.create(
                config, client, runtime, node, workers, parts.reader(), statuses, watcher, metrics, time);
        this.meters = new KubeletMeters(metrics, name, workers, watcher);
        this.rotator = new LogRotator(runtime, config.containers(), time);
        this.deadContainers = new DeadContainers(runtime, workers);
        this.images = new ImageCollector(runtime, config.images(), ImageCollector::hostDisk, time);
        this.evictor = new Evictor(node.pressure(), workers, cgroups, events);
        this.dispatcher = new PodDispatcher(workers, mirrors, objects);
        var manifests = config.folders().staticPodPath();
        this.staticPods = manifests == null ? null : new StaticPodSource(manifests, name, time, dispatcher);
    }

    /** What workers see of the node. */
    private final class View implements NodeView {

        private final NodeAdmission admission = new NodeAdmission(node.resources());

        @Override
        public @Nullable String networkProblem() {
            return node.health().networkProblem();
        }

        @Override
        public NodeFacts facts(List<String> podIps) {
            return new NodeFacts(
                    config.node().hostnameOverride(),
                    List.of(node.address()),
                    podIps,
                    node.resources().allocatableMilliCpu(),
                    node.resources().allocatableMemory());
        }

        @Override
        public @Nullable Rejection rejection(Pod pod) {
            return admission.check(pod, workers.active());
        }
    }

    private void wake(String podUid) {
        workers.wake(podUid);
    }

    public void start() {
        try {
            cgroups.prepare(
                    node.resources().allocatableMilliCpu(), node.resources().allocatableMemory());
        } catch (IOException failure) {
            throw new IllegalStateException("control groups cannot be made: " + failure.getMessage(), failure);
        }
        server.start();
        statuses.start();
        probe.start();
        pods.addHandler(dispatcher);
        informers.start();
        every(RELIST, "relist", () -> meters.timeRelist(watcher::relist));
        every(reporter.period(), "node status", reporter::report);
        reportUntilReady();
        every(LEASE_RENEWAL, "node lease", reporter::renewLease);
        every(HOUSEKEEPING, "housekeeping", this::housekeeping);
        every(ROTATION, "log rotation", rotator::rotate);
        every(CONTAINER_GC, "container collection", deadContainers::collect);
        every(IMAGE_GC, "image collection", this::collectImages);
        every(EVICTION, "eviction", evictor::relieve);
        StaticPodSource files = staticPods;
        if (files != null) {
            every(FILE_CHECK, "static pods", files::scan);
        }
    }

    /** A node that is not Ready yet does not wait for the next period: Pods wait for it. */
    private void reportUntilReady() {
        if (closed || reporter.ready()) {
            return;
        }
        time.schedule(
                FIRST_REPORTS,
                () -> executor.execute(() -> {
                    try {
                        reporter.report();
                    } catch (RuntimeException notYet) {
                        LOG.debug("node status: {}", notYet.toString());
                    }
                    reportUntilReady();
                }));
    }

    private void housekeeping() {
        cgroups.rebalance(workers.active());
        StaticPodSource files = staticPods;
        if (files != null && pods.hasSynced()) {
            mirrors.reconcile(files.pods());
        }
        if (pods.hasSynced() && watcher.listed()) {
            orphans.collect();
        }
    }

    private void collectImages() {
        try {
            images.collect();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Runs a task on a thread of its own each period; a run that fails is logged, and the next one comes. */
    private void every(Duration period, String what, Runnable task) {
        var running = new java.util.concurrent.atomic.AtomicBoolean();
        timers.add(time.scheduleAtFixedRate(Duration.ZERO, period, () -> {
            if (running.compareAndSet(false, true)) {
                executor.execute(() -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        LOG.warn("{} failed: {}", what, failure.toString());
                    } finally {
                        running.set(false);
                    }
                });
            }
        }));
    }

    /** Whether the runtime answers, the API server answers, and the node is known to it. */
    public boolean ready() {
        return reporter.registered() && probe.reachable() && node.health().runtimeProblem() == null;
    }

    /** One sentence on what {@link #ready()} waits for. */
    public String state() {
        String runtime = node.health().runtimeProblem();
        if (runtime != null) {
            return runtime;
        }
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        return reporter.registered() ? "ready" : "the node is not registered";
    }

    public PodWorkers workers() {
        return workers;
    }

    /** The port of the kubelet's endpoint. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        closed = true;
        timers.forEach(TimeSource.Cancellable::cancel);
        probe.close();
        workers.close();
        probes.close();
        statuses.close();
        informers.close();
        server.close();
    }
}
