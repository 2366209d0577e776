package io.kubespring.standalone.reset;

import io.kubespring.node.cni.BridgeNetwork;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.GrpcCriRuntime;
import io.kubespring.node.host.Inventory;
import io.kubespring.node.host.Sysctls;
import io.kubespring.node.iptables.HostIptables;
import io.kubespring.proxy.iptables.IptablesProxier;
import io.kubespring.standalone.Layout;
import io.kubespring.standalone.host.PodNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Takes a cluster off its machine: containers, containerd, network, rules, cgroups, mounts, sysctls, files; in that
 * order, each step independent of the others' success and harmless when repeated. Only what belongs to this cluster's
 * folders, or has a name that Kubernetes reserves, is touched.
 */
public final class Reset {

    private final Layout layout;
    private final List<String> complaints = new ArrayList<>();

    private Reset(Layout layout) {
        this.layout = layout;
    }

    /** A step that may fail without keeping the next from its turn. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    public static void main(String... args) {
        System.setProperty("kubespring.log", "/dev/null");
        Path data = Path.of("/var/lib/kubespring");
        Path run = Path.of("/run/kubespring");
        for (String each : args) {
            if (each.startsWith("--data-dir=")) {
                data = Path.of(each.substring(11));
            } else if (each.startsWith("--run-dir=")) {
                run = Path.of(each.substring(10));
            } else {
                System.err.println("Error: unknown flag: " + each);
                System.exit(1);
            }
        }
        System.exit(new Reset(new Layout(data, run)).run() ? 0 : 1);
    }

    private boolean run() {
        var inventory = new Inventory(layout.inventory());
        if (!Files.exists(layout.data()) && !Files.exists(layout.run())) {
            System.out.println("nothing to undo");
            return true;
        }
        step("containers", this::removePods);
        step("container runtime", () -> Processes.endThoseOf(layout.run()));
        step("packet filter rules", Reset::removeRules);
        step("network", () -> {
            PodNetwork.deleteLink(BridgeNetwork.BRIDGE);
            inventory.entries(Inventory.Kind.ROUTE).keySet().forEach(PodNetwork::unguard);
        });
        step("control groups", Cgroups::removePods);
        step("mounts", () -> {
            Mounts.unmountBelow(layout.data());
            Mounts.unmountBelow(layout.run());
        });
        step("sysctls", () -> new Sysctls(inventory).restore());
        step("files", () -> {
            for (String path : inventory.entries(Inventory.Kind.PATH).keySet()) {
                Trees.delete(Path.of(path));
            }
            Trees.delete(layout.data());
            Trees.delete(layout.run());
        });
        complaints.forEach(each -> System.err.println("Error: " + each));
        return complaints.isEmpty();
    }

    private void step(String what, Step step) {
        System.out.println("removing " + what);
        try {
            step.run();
        } catch (IOException | RuntimeException failure) {
            LoggerFactory.getLogger(Reset.class).debug("{}", what, failure);
            complaints.add(what + ": " + failure.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            complaints.add(what + ": interrupted");
        }
    }

    /** Through the runtime, so that it takes the Pods' network devices and mounts along. */
    private void removePods() {
        if (!Files.exists(layout.containerdSocket())) {
            return;
        }
        try (CriRuntime runtime = new GrpcCriRuntime(layout.containerdSocket(), Duration.ofMinutes(2))) {
            for (var sandbox : runtime.listPodSandboxes(Map.of())) {
                runtime.stopPodSandbox(sandbox.getId());
                runtime.removePodSandbox(sandbox.getId());
            }
        }
    }

    private static void removeRules() throws IOException {
        var iptables = new HostIptables();
        IptablesProxier.cleanUp(iptables);
        CniRules.remove(iptables);
    }
}
