package io.kubespring.service.flags;

/** A command line that cannot be used; the message is the one line the user sees. */
public final class FlagException extends RuntimeException {
    public FlagException(String message) {
        super(message, null, false, false);
    }
}
