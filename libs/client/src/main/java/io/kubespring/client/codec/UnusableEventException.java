package io.kubespring.client.codec;

/** A watch event that could not be read, or not be applied: whoever follows the watch has missed something. */
public final class UnusableEventException extends RuntimeException {

    public UnusableEventException(RuntimeException cause) {
        super("unable to decode an event from the watch stream: " + cause.getMessage(), cause);
    }
}
