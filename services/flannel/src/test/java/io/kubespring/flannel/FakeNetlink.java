package io.kubespring.flannel;

import io.kubespring.node.netlink.Netlink;
import io.kubespring.node.netlink.NetworkInterfaceState;
import io.kubespring.node.netlink.OverlayState;
import io.kubespring.node.netlink.VxlanDevice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A machine with one interface; remembers the commands it was given, or refuses them. */
public final class FakeNetlink implements Netlink {

    public final List<String> commands = new CopyOnWriteArrayList<>();
    public volatile boolean refuses;
    public volatile @Nullable VxlanDevice device;

    @Override
    public List<NetworkInterfaceState> interfaces() {
        return List.of(
                new NetworkInterfaceState("lo", 65_536, List.of("127.0.0.1")),
                new NetworkInterfaceState("eth0", 1_500, List.of("192.0.2.1")));
    }

    @Override
    public String defaultDevice() {
        return "eth0";
    }

    @Override
    public @Nullable VxlanDevice vxlan(String name) {
        return device;
    }

    @Override
    public void ensure(VxlanDevice wanted) {
        device = wanted;
    }

    @Override
    public void removeDevice(String name) {
        device = null;
    }

    @Override
    public OverlayState overlay(String name) {
        return new OverlayState(name, Set.of(), Map.of(), Map.of(), Map.of());
    }

    @Override
    public void apply(OverlayState.Commands changes) throws IOException {
        if (refuses) {
            throw new IOException("Operation not permitted");
        }
        commands.addAll(changes.entries());
        commands.addAll(changes.forwarding());
        commands.addAll(changes.routes());
    }
}
