package io.kubespring.kubelet.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;

/** Ports that probes and hooks give by number or by the name of one of the container's. */
public final class PortResolver {

    private PortResolver() {}

    /** @throws IllegalArgumentException where there is no such port */
    public static int resolve(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        String name = port.getStrVal();
        if (container.getPorts() != null) {
            for (ContainerPort each : container.getPorts()) {
                if (name.equals(each.getName())) {
                    return each.getContainerPort();
                }
            }
        }
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("couldn't find port: " + name);
        }
    }
}
