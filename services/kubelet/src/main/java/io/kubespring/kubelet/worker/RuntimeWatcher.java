package io.kubespring.kubelet.worker;

import io.kubespring.kubelet.state.Labels;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.ContainerState;
import io.kubespring.node.cri.v1.PodSandbox;
import io.kubespring.node.cri.v1.PodSandboxState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Lists what the runtime has, and tells which Pods changed since the last time (upstream's generic PLEG). */
public final class RuntimeWatcher {

    private final CriRuntime runtime;
    private final Consumer<String> changed;
    private Map<String, Set<String>> before = Map.of();
    private volatile boolean listed;
    private volatile int readySandboxes;
    private volatile Map<ContainerState, Integer> containers = Map.of();

    /** @param changed is told the uid of a Pod whose sandboxes or containers changed */
    public RuntimeWatcher(CriRuntime runtime, Consumer<String> changed) {
        this.runtime = runtime;
        this.changed = changed;
    }

    /** One round; throws where the runtime cannot be asked. */
    public synchronized void relist() {
        Map<String, Set<String>> now = new HashMap<>();
        Map<ContainerState, Integer> states = new EnumMap<>(ContainerState.class);
        int ready = 0;
        for (PodSandbox sandbox : runtime.listPodSandboxes(Map.of())) {
            note(now, sandbox.getLabelsMap(), sandbox.getId() + sandbox.getState());
            ready += sandbox.getState() == PodSandboxState.SANDBOX_READY ? 1 : 0;
        }
        for (Container container : runtime.listContainers(Map.of())) {
            note(now, container.getLabelsMap(), container.getId() + container.getState());
            states.merge(container.getState(), 1, Integer::sum);
        }
        readySandboxes = ready;
        containers = states;
        var uids = new TreeSet<>(now.keySet());
        uids.addAll(before.keySet());
        for (String uid : uids) {
            if (!Objects.equals(before.get(uid), now.get(uid))) {
                changed.accept(uid);
            }
        }
        before = now;
        listed = true;
    }

    private static void note(Map<String, Set<String>> pods, Map<String, String> labels, String what) {
        String uid = labels.get(Labels.POD_UID);
        if (uid != null) {
            pods.computeIfAbsent(uid, key -> new TreeSet<>()).add(what);
        }
    }

    public boolean listed() {
        return listed;
    }

    public int readySandboxes() {
        return readySandboxes;
    }

    public int containers(ContainerState state) {
        return containers.getOrDefault(state, 0);
    }

    /** Uids of all Pods that the runtime has something of. */
    public synchronized Set<String> podUids() {
        return Set.copyOf(before.keySet());
    }
}
