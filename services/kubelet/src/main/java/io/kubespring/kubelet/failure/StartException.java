package io.kubespring.kubelet.failure;

/** A container or sandbox that could not be started; the reason and message stand in the container's waiting state. */
public final class StartException extends RuntimeException {

    private final String reason;

    public StartException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
