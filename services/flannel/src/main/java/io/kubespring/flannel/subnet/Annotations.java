package io.kubespring.flannel.subnet;

/** The names by which flannels of different nodes find each other, as upstream's with its default prefix. */
public final class Annotations {

    private static final String PREFIX = "flannel.alpha.coreos.com/";

    public static final String BACKEND_TYPE = PREFIX + "backend-type";
    public static final String BACKEND_DATA = PREFIX + "backend-data";
    public static final String PUBLIC_IP = PREFIX + "public-ip";
    /** Set by an operator where the address that others reach a node by is none of its own. */
    public static final String PUBLIC_IP_OVERWRITE = PREFIX + "public-ip-overwrite";

    public static final String KUBE_SUBNET_MANAGER = PREFIX + "kube-subnet-manager";

    private Annotations() {}
}
