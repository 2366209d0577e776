package io.kubespring.scheduler.framework;

/** A port of the node that a Pod takes for itself. */
public record HostPort(String ip, String protocol, int port) {

    private static final String ANY = "0.0.0.0";

    /** The wildcard address collides with every address. */
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
    }
}
