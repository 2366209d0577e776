package io.kubespring.kinds.service;

import io.fabric8.kubernetes.api.model.Service;

/** What sort of Service it is. */
public final class ServiceKinds {

    /** The ClusterIP of a Service that wants none. */
    public static final String NONE = "None";

    private ServiceKinds() {}

    /** Has no address of its own: DNS answers with its endpoints. */
    public static boolean isHeadless(Service service) {
        return NONE.equals(service.getSpec().getClusterIP());
    }

    public static boolean isExternalName(Service service) {
        return "ExternalName".equals(service.getSpec().getType());
    }

    /** Whether it has an address that a proxy serves. */
    public static boolean hasClusterIp(Service service) {
        String clusterIp = service.getSpec().getClusterIP();
        return clusterIp != null && !clusterIp.isEmpty() && !clusterIp.equals(NONE) && !isExternalName(service);
    }
}
