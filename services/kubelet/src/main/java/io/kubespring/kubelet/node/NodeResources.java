package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.Quantity;
import io.kubespring.kubelet.config.NodeSettings;
import io.kubespring.kubelet.resources.Amounts;
import java.util.Map;
import java.util.TreeMap;

/** What the machine has, and what of it Pods may use: less what is kept for the system and for eviction. */
public final class NodeResources {

    private static final long KIBI = 1024;

    private final Machine machine;
    private final NodeSettings settings;
    private final long diskBytes;

    /** @param diskBytes size of the file system that Pods write to */
    public NodeResources(Machine machine, NodeSettings settings, long diskBytes) {
        this.machine = machine;
        this.settings = settings;
        this.diskBytes = diskBytes;
    }

    public Map<String, Quantity> capacity() {
        var capacity = new TreeMap<String, Quantity>();
        capacity.put("cpu", new Quantity(Integer.toString(machine.cpus())));
        capacity.put("memory", kibi(machine.memoryBytes()));
        capacity.put("ephemeral-storage", kibi(diskBytes));
        capacity.put("pods", new Quantity(Integer.toString(settings.maxPods())));
        capacity.put("hugepages-2Mi", new Quantity("0"));
        return capacity;
    }

    public Map<String, Quantity> allocatable() {
        var allocatable = new TreeMap<>(capacity());
        long milliCpu = allocatableMilliCpu();
        allocatable.put("cpu", new Quantity(milliCpu % 1000 == 0 ? Long.toString(milliCpu / 1000) : milliCpu + "m"));
        allocatable.put("memory", kibi(allocatableMemory()));
        long disk = diskBytes - reserved("ephemeral-storage") - eviction("nodefs.available", diskBytes);
        allocatable.put("ephemeral-storage", new Quantity(Long.toString(Math.max(0, disk))));
        return allocatable;
    }

    public long allocatableMilliCpu() {
        long reserved = milli(settings.systemReserved()) + milli(settings.kubeReserved());
        return Math.max(0, machine.cpus() * 1000L - reserved);
    }

    public long allocatableMemory() {
        long bytes = machine.memoryBytes();
        return Math.max(0, bytes - reserved("memory") - eviction("memory.available", bytes));
    }

    public int pods() {
        return settings.maxPods();
    }

    private static long milli(Map<String, String> reserved) {
        String cpu = reserved.get("cpu");
        return cpu == null ? 0 : Amounts.milli(new Quantity(cpu));
    }

    private long reserved(String resource) {
        long sum = 0;
        for (var each : java.util.List.of(settings.systemReserved(), settings.kubeReserved())) {
            String amount = each.get(resource);
            sum += amount == null ? 0 : Amounts.value(new Quantity(amount));
        }
        return sum;
    }

    /** A threshold in bytes, or in percent of {@code whole}. */
    long eviction(String signal, long whole) {
        String threshold = settings.evictionHard().get(signal);
        if (threshold == null) {
            return 0;
        }
        return threshold.endsWith("%")
                ? (long) (whole * Double.parseDouble(threshold.substring(0, threshold.length() - 1)) / 100)
                : Amounts.value(new Quantity(threshold));
    }

    private static Quantity kibi(long bytes) {
        return new Quantity(bytes / KIBI + "Ki");
    }
}
