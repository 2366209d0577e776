package io.kubespring.kubelet.status;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.pod.Pods;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest status of every Pod and sees to it that the API server gets it; statuses in between may be skipped.
 * A Pod's object is deleted only after its last status was written and everything of it is gone from this node.
 */
public final class StatusManager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusManager.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private record Kept(Pod pod, PodStatus status, boolean finished) {}

    private final StatusWriter writer;
    private final TimeSource time;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Set<String> dirty = new LinkedHashSet<>();
    private @Nullable Thread thread;

    public StatusManager(StatusWriter writer, TimeSource time) {
        this.writer = writer;
        this.time = time;
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name("pod-status").start(this::loop);
    }

    /** What was last computed, or else what the Pod's object says. */
    public @Nullable PodStatus current(Pod pod) {
        Kept mine = kept.get(Pods.uid(pod));
        return mine == null ? pod.getStatus() : mine.status;
    }

    public void set(Pod pod, PodStatus status) {
        String uid = Pods.uid(pod);
        Kept before = kept.get(uid);
        boolean finished = before != null && before.finished;
        kept.put(uid, new Kept(pod, status, finished));
        boolean known = before == null ? status.equals(pod.getStatus()) : status.equals(before.status);
        if (!known || Pods.isDeleted(pod) && finished) {
            mark(uid);
        }
    }

    /** Nothing of the Pod is left: an object that is being deleted may go. */
    public void finish(Pod pod) {
        String uid = Pods.uid(pod);
        Kept before = kept.get(uid);
        PodStatus status = before == null ? pod.getStatus() : before.status;
        kept.put(uid, new Kept(pod, status, true));
        mark(uid);
    }

    public void forget(String podUid) {
        kept.remove(podUid);
    }

    private synchronized void mark(String uid) {
        dirty.add(uid);
        notifyAll();
    }

    private synchronized Collection<String> takeDirty() throws InterruptedException {
        while (dirty.isEmpty()) {
            wait();
        }
        var taken = Set.copyOf(dirty);
        dirty.clear();
        return taken;
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (String uid : takeDirty()) {
                    sync(uid);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    void sync(String uid) {
        Kept mine = kept.get(uid);
        if (mine == null) {
            return;
        }
        try {
            writer.write(mine.pod, mine.status);
            if (mine.finished && Pods.isDeleted(mine.pod)) {
                writer.delete(mine.pod);
            }
        } catch (RuntimeException failure) {
            LOG.warn("{}: status not written: {}", Pods.key(mine.pod), failure.toString());
            time.schedule(RETRY, () -> mark(uid));
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
