package io.kubespring.kubelet.environment;

/** A container cannot be made from its description; the user sees CreateContainerConfigError with this message. */
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
