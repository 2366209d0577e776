package io.kubespring.proxy.model;

/**
 * One address behind a service port.
 *
 * @param local on this node
 * @param ready takes new connections
 * @param serving answers, though perhaps terminating
 */
public record Backend(String ip, int port, boolean local, boolean ready, boolean serving, boolean terminating)
        implements Comparable<Backend> {

    /** "10.244.0.5:8080" */
    public String address() {
        return ip + ":" + port;
    }

    @Override
    public int compareTo(Backend other) {
        return address().compareTo(other.address());
    }
}
