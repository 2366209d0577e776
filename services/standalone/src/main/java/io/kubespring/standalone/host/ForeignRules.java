package io.kubespring.standalone.host;

import io.kubespring.node.host.HostException;
import io.kubespring.node.host.Inventory;
import io.kubespring.node.iptables.Iptables;
import java.io.IOException;

/** Keeps a second cluster from taking over the packet filter rules of one that is alive on this machine. */
public final class ForeignRules {

    private static final String MARK = ":KUBE-SERVICES ";

    private ForeignRules() {}

    /**
     * @throws HostException where Service rules are in the kernel that this cluster has not made
     */
    public static void refuse(Iptables iptables, Inventory inventory) {
        if (!inventory.entries(Inventory.Kind.NODE).isEmpty()) {
            return;
        }
        try {
            if (iptables.save("nat").contains(MARK)) {
                throw new HostException(
                        "another Kubernetes has its Service rules on this machine; take it down first (its reset"
                                + " removes them)");
            }
        } catch (IOException failure) {
            throw new HostException("cannot read the packet filter rules: " + failure.getMessage());
        }
    }
}
