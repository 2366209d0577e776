package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.event.PodEvents;
import io.kubespring.kubelet.pod.Pods;
import io.kubespring.kubelet.signal.Signal;
import io.kubespring.kubelet.state.PodState;
import io.kubespring.node.cri.CriRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the probes of the Pods that run here, one virtual thread a probe. */
public final class ProbeManager implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeManager.class);

    private record Key(String podUid, String container, ProbeKind kind) {}

    private record Running(ProbeWorker worker, Thread thread, Signal signal) {}

    private final Prober prober;
    private final PodEvents events;
    private final TimeSource time;
    private final Consumer<String> changed;
    private final String hostIp;
    private final ProbeResults results = new ProbeResults();
    private final Map<Key, Running> workers = new ConcurrentHashMap<>();
    private final Map<String, PodState> states = new ConcurrentHashMap<>();

    /** @param changed is told the uid of a Pod whose verdicts changed */
    public ProbeManager(
            CriRuntime runtime, PodEvents events, TimeSource time, String hostIp, Consumer<String> changed) {
        this(new RealProber(runtime), events, time, hostIp, changed);
    }

    ProbeManager(Prober prober, PodEvents events, TimeSource time, String hostIp, Consumer<String> changed) {
        this.prober = prober;
        this.events = events;
        this.time = time;
        this.hostIp = hostIp;
        this.changed = changed;
    }

    public ProbeVerdicts verdicts() {
        return results;
    }

    /** Starts the probes of a Pod; those that run already go on. */
    public void add(Pod pod) {
        String uid = Pods.uid(pod);
        Pods.allContainers(pod).forEach(container -> {
            for (ProbeKind kind : ProbeKind.values()) {
                Probe probe = kind.of(container);
                if (probe != null) {
                    workers.computeIfAbsent(
                            new Key(uid, container.getName(), kind), key -> start(pod, container, kind, probe));
                }
            }
        });
    }

    private Running start(Pod pod, Container container, ProbeKind kind, Probe probe) {
        String uid = Pods.uid(pod);
        var worker = new ProbeWorker(
                pod,
                container,
                kind,
                probe,
                prober,
                results,
                events,
                time,
                () -> states.getOrDefault(uid, PodState.empty(uid)),
                () -> podIp(pod),
                () -> changed.accept(uid));
        var signal = new Signal(time);
        Thread thread = Thread.ofVirtual()
                .name("probe-" + kind + "-" + pod.getMetadata().getName())
                .start(() -> loop(worker, signal));
        return new Running(worker, thread, signal);
    }

    private String podIp(Pod pod) {
        if (Pods.isHostNetwork(pod)) {
            return hostIp;
        }
        PodState state = states.get(Pods.uid(pod));
        return state == null || state.ips().isEmpty() ? "" : state.ips().getFirst();
    }

    private static void loop(ProbeWorker worker, Signal signal) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    worker.round();
                } catch (RuntimeException failure) {
                    LOG.warn("probe failed to run", failure);
                }
                signal.await(worker.period());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what the runtime has of a Pod now; a container that just started is asked at once. */
    public void observe(PodState state) {
        PodState before = states.put(state.uid(), state);
        if (before == null || !running(before).equals(running(state))) {
            workers.forEach((key, running) -> {
                if (key.podUid.equals(state.uid())) {
                    running.signal.raise();
                }
            });
        }
    }

    private static java.util.List<String> running(PodState state) {
        return state.running().stream().map(each -> each.id()).toList();
    }

    /** Ends liveness and startup probes of a Pod that is being stopped; it still tells whether it is ready. */
    public void stopLivenessAndStartup(String podUid) {
        end(podUid, true);
    }

    public void remove(String podUid) {
        end(podUid, false);
        states.remove(podUid);
    }

    private void end(String podUid, boolean keepReadiness) {
        workers.entrySet().removeIf(entry -> {
            boolean ends = entry.getKey().podUid.equals(podUid)
                    && !(keepReadiness && entry.getKey().kind == ProbeKind.READINESS);
            if (ends) {
                entry.getValue().thread.interrupt();
                entry.getValue().worker.end();
            }
            return ends;
        });
    }

    @Override
    public void close() {
        workers.values().forEach(running -> running.thread.interrupt());
        workers.clear();
    }
}
