package io.kubespring.scheduler;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.client.health.ApiProbe;
import io.kubespring.client.informer.Informer;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import io.kubespring.client.informer.Lister;
import io.kubespring.client.leader.Leadership;
import io.kubespring.scheduler.SchedulerMetrics.Result;
import io.kubespring.scheduler.cache.SchedulerCache;
import io.kubespring.scheduler.cycle.NodeChooser;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.FitFailure;
import io.kubespring.scheduler.framework.Framework;
import io.kubespring.scheduler.framework.Outcome;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import io.kubespring.scheduler.plugins.DefaultPlugins;
import io.kubespring.scheduler.queue.QueuedPod;
import io.kubespring.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Pods from the queue one at a time, chooses a node against a snapshot, assumes the Pod there, and binds it
 * concurrently. The loop runs on the executor only while there is something to do, never on two threads at once. With leader
 * election a standby keeps its picture of the cluster up to date and schedules nothing; one that lost its lease stops for
 * good.
 */
public final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final KubeClient client;
    private final TimeSource time;
    private final Executor executor;
    private final SchedulerMetrics metrics;
    private final ApiProbe probe;
    private final Framework framework;
    private final SchedulerCache cache = new SchedulerCache();
    private final SchedulingQueue queue;
    private final NodeChooser chooser;
    private final Informers informers;
    private final EventRecorder events;
    private final PodConditions conditions;
    private final Semaphore bindings;
    private final Leadership leadership;
    private final AtomicBoolean looping = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param executor one virtual thread a task in production
     * @param onLost called once when the lease was lost and scheduling stopped
     */
    public Scheduler(
            SchedulerConfig config,
            KubeClient client,
            TimeSource time,
            RandomSource random,
            Executor executor,
            MeterRegistry metrics,
            Runnable onLost) {
        this.client = client;
        this.time = time;
        this.executor = executor;
        this.metrics = new SchedulerMetrics(metrics, config.schedulerName());
        probe = new ApiProbe(client);
        informers = new Informers(client, executor, random);
        Informer<Namespace> namespaces = informers.informer(Namespace.class);
        framework = new Framework(DefaultPlugins.all(client, name -> labels(namespaces.lister(), name)));
        queue = new SchedulingQueue(time, framework, this::wakeUp);
        chooser = new NodeChooser(framework, random);
        events = new EventRecorder(client, config.schedulerName(), "", executor, metrics);
        conditions = new PodConditions(client, time);
        bindings = new Semaphore(config.parallelBindings());
        leadership = new Leadership(config.leaderElection(), client, random, executor, this::wakeUp, onLost);
        // Nodes before Pods: a Pod that is seen first would be told that there are no nodes.
        Informer<Node> nodes = informers.informer(Node.class);
        nodes.addHandler(new NodeEvents(cache, queue));
        informers
                .informer(Pod.class, InformerOptions.<Pod>all().fields("status.phase!=Succeeded,status.phase!=Failed"))
                .addHandler(new PodEvents(config.schedulerName(), cache, queue));
        this.metrics.pending(queue);
        this.metrics.cache(cache);
    }

    private static Map<String, String> labels(Lister<Namespace> namespaces, String name) {
        Namespace found = namespaces.get("", name);
        Map<String, String> labels = found == null ? null : found.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    public void start() {
        probe.start();
        informers.start();
        leadership.start();
        executor.execute(this::startWhenSynced);
    }

    private void startWhenSynced() {
        if (informers.hasSynced()) {
            wakeUp();
        } else if (!closed) {
            time.schedule(Duration.ofMillis(20), () -> executor.execute(this::startWhenSynced));
        }
    }

    /** Whether the picture of the cluster is complete and news can come. */
    public boolean ready() {
        return informers.hasSynced() && probe.reachable() && !leadership.lost();
    }

    /** For health details: what is missing, or a word that all is well. */
    public String state() {
        if (leadership.lost()) {
            return "leadership lost";
        }
        if (!probe.reachable()) {
            return "API server: " + probe.failure();
        }
        if (!informers.hasSynced()) {
            return "waiting for " + String.join(", ", informers.unsynced());
        }
        return leadership.waiting() ? "waiting to lead" : "scheduling";
    }

    private void wakeUp() {
        if (informers.hasSynced() && mayWork() && looping.compareAndSet(false, true)) {
            executor.execute(this::loop);
        }
    }

    private boolean mayWork() {
        return !closed && leadership.held();
    }

    private void loop() {
        QueuedPod next = mayWork() ? queue.poll() : null;
        while (next != null) {
            schedule(next);
            next = mayWork() ? queue.poll() : null;
        }
        looping.set(false);
        if (queue.active() > 0) {
            wakeUp();
        }
    }

    private void schedule(QueuedPod queued) {
        long began = time.nanoTime();
        PodInfo pod = queued.pod();
        if (pod.pod().getMetadata().getDeletionTimestamp() != null || cache.holds(pod.uid())) {
            queue.done(pod.uid());
            return;
        }
        try {
            var state = new CycleState();
            Snapshot snapshot = cache.snapshot();
            var failure = new FitFailure(snapshot.size());
            String node = chooser.choose(state, pod, snapshot, failure);
            if (node == null) {
                framework.postFilter(state, pod, snapshot);
                queue.rejected(queued, failure.plugins());
                metrics.attempted(Result.UNSCHEDULABLE, time.nanoTime() - began);
                reportUnschedulable(pod, failure.message());
                return;
            }
            cache.assume(pod, node);
            Outcome reserved = framework.reserve(state, pod, node);
            if (!reserved.isSuccess()) {
                cache.forget(pod);
                queue.failed(queued);
                metrics.attempted(Result.ERROR, time.nanoTime() - began);
                return;
            }
            bindings.acquire();
            executor.execute(() -> bind(queued, state, node, began));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            LOG.error("{}: scheduling failed", pod.key(), defect);
            cache.forget(pod);
            queue.failed(queued);
            metrics.attempted(Result.ERROR, time.nanoTime() - began);
        }
    }

    private void bind(QueuedPod queued, CycleState state, String node, long began) {
        PodInfo pod = queued.pod();
        Outcome outcome;
        try {
            outcome = framework.bind(state, pod, node);
        } catch (RuntimeException unreachable) {
            outcome = Outcome.error(String.valueOf(unreachable.getMessage()));
        } finally {
            bindings.release();
        }
        if (outcome.isSuccess()) {
            queue.done(pod.uid());
            metrics.attempted(Result.SCHEDULED, time.nanoTime() - began);
            metrics.bound(queued.attempts(), Duration.between(queued.since(), time.now()));
            events.normal(pod.pod(), "Scheduled", "Successfully assigned " + pod.key() + " to " + node);
            return;
        }
        String why = String.join(", ", outcome.reasons());
        LOG.warn("{}: binding to {} failed: {}", pod.key(), node, why);
        cache.forget(pod);
        framework.unreserve(state, pod, node);
        queue.failed(queued);
        metrics.attempted(Result.ERROR, time.nanoTime() - began);
    }

    private void reportUnschedulable(PodInfo pod, String message) {
        events.warning(pod.pod(), "FailedScheduling", message);
        executor.execute(() -> conditions.unschedulable(pod.pod(), message));
    }

    @Override
    public void close() {
        closed = true;
        probe.close();
        informers.close();
        queue.close();
        leadership.close();
    }
}
