package io.kubespring.node.host;

/** Why a cluster cannot run on this machine, in one sentence that the user can act on. */
public final class HostException extends RuntimeException {
    public HostException(String message) {
        super(message, null, false, false);
    }
}
