package io.kubespring.kubelet.worker;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.EventReason;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one Pod on a thread of its own. Stages, and what leads on:
 * <ul>
 *   <li>SYNCING: until the Pod is deleted, removed, evicted or has run its course;
 *   <li>STOPPING: until nothing of it runs;
 *   <li>RELEASING: until volumes and cgroup are gone; then its object may be deleted;
 *   <li>RELEASED: until its source no longer has it; then the rest is purged and the worker ends.
 * </ul>
 */
final class PodWorker {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

    enum Stage {
        SYNCING,
        STOPPING,
        RELEASING,
        RELEASED,
        GONE
    }

    private record Failure(String reason, String message) {}

    private final PodSyncer syncer;
    private final PodEvents events;
    private final Duration period;
    private final Signal signal;
    private final Runnable gone;
    private volatile Pod pod;
    private volatile boolean removed;
    private volatile @Nullable Failure failure;
    private volatile Stage stage = Stage.SYNCING;
    private volatile long graceInForce = Long.MAX_VALUE;
    private final Thread thread;

    PodWorker(Pod pod, PodSyncer syncer, PodEvents events, TimeSource time, Duration period, Runnable gone) {
        this.pod = pod;
        this.syncer = syncer;
        this.events = events;
        this.period = period;
        this.gone = gone;
        this.signal = new Signal(time);
        this.thread = Thread.ofVirtual().name("pod-" + Pods.key(pod)).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    Pod pod() {
        return pod;
    }

    Stage stage() {
        return stage;
    }

    void update(Pod newer) {
        pod = newer;
        if (stage == Stage.STOPPING && Pods.isDeleted(newer) && Pods.graceSeconds(newer) < graceInForce) {
            long grace = Pods.graceSeconds(newer);
            graceInForce = grace;
            Thread.ofVirtual().start(() -> syncer.hurry(newer, Duration.ofSeconds(grace)));
        }
        signal.raise();
    }

    void remove() {
        removed = true;
        signal.raise();
    }

    void fail(String reason, String message) {
        failure = new Failure(reason, message);
        signal.raise();
    }

    void wake() {
        signal.raise();
    }

    /** Leaves containers alone. */
    void abandon() {
        thread.interrupt();
    }

    private void loop() {
        try {
            while (stage != Stage.GONE) {
                Duration wait;
                try {
                    wait = step();
                } catch (RuntimeException | IOException problem) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    LOG.warn("{}: {} failed: {}", Pods.key(pod), stage, problem.toString());
                    LOG.debug("{}", Pods.key(pod), problem);
                    String message = "error: " + problem.getMessage();
                    events.warning(
                            pod,
                            null,
                            stage == Stage.STOPPING ? EventReason.FAILED_KILL_POD : EventReason.FAILED_SYNC,
                            message);
                    wait = AFTER_FAILURE;
                }
                if (wait == null || wait.isPositive()) {
                    signal.await(wait);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to wait for a signal, null without limit */
    private @Nullable Duration step() throws IOException {
        Pod current = pod;
        return switch (stage) {
            case SYNCING -> {
                if (removed || Pods.isDeleted(current) || failure != null) {
                    yield advance(Stage.STOPPING);
                }
                PodSyncer.Outcome outcome = syncer.sync(current);
                if (outcome.ended()) {
                    yield advance(Stage.STOPPING);
                }
                Duration again = outcome.lookAgain();
                yield again != null && again.compareTo(period) < 0 ? again : period;
            }
            case STOPPING -> {
                Failure asked = failure;
                graceInForce = Pods.graceSeconds(current);
                syncer.terminate(
                        current,
                        Duration.ofSeconds(graceInForce),
                        asked == null ? null : syncer.failed(current, asked.reason, asked.message));
                yield advance(Stage.RELEASING);
            }
            case RELEASING -> {
                syncer.release(current);
                yield advance(Stage.RELEASED);
            }
            case RELEASED -> {
                if (!removed) {
                    if (Pods.isDeleted(current)) {
                        syncer.release(current);
                    }
                    yield null;
                }
                syncer.purge(current);
                gone.run();
                yield advance(Stage.GONE);
            }
            case GONE -> null;
        };
    }

    private Duration advance(Stage next) {
        stage = next;
        return Duration.ZERO;
    }
}
