package io.kubespring.node.cni;

import io.kubespring.api.json.Json;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A CNI configuration: Pods on a bridge with addresses out of the node's range, and ports of the host led to them.
 *
 * @param name of the network
 * @param leases where the addresses that are in use are written down
 * @param mtu 0 for the kernel's own
 * @param masquerade whether the bridge plugin hides Pods behind the node's address; false where somebody else does
 */
public record BridgeNetwork(String name, Path leases, int mtu, boolean masquerade) {

    /** The bridge, named as flannel's. */
    public static final String BRIDGE = "cni0";

    /** Writes the configuration for this node's range; the runtime notices by itself. */
    public void write(Path file, String podCidr) throws IOException {
        var conflist = Json.object().put("cniVersion", "0.4.0").put("name", name);
        var plugins = conflist.putArray("plugins");
        var bridge = plugins.addObject()
                .put("type", "bridge")
                .put("bridge", BRIDGE)
                .put("isGateway", true)
                .put("ipMasq", masquerade)
                .put("hairpinMode", true);
        if (mtu > 0) {
            bridge.put("mtu", mtu);
        }
        var ipam = bridge.putObject("ipam").put("type", "host-local").put("dataDir", leases.toString());
        ipam.putArray("ranges").addArray().addObject().put("subnet", podCidr);
        ipam.putArray("routes").addObject().put("dst", "0.0.0.0/0");
        plugins.addObject().put("type", "portmap").putObject("capabilities").put("portMappings", true);
        WholeFile.write(file, Json.write(conflist));
    }
}
