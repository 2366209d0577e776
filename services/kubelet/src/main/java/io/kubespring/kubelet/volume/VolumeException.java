package io.kubespring.kubelet.volume;

/** A volume cannot be made ready now; it is tried again. */
public final class VolumeException extends RuntimeException {

    public VolumeException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
