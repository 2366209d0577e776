package io.kubespring.storage.transfer;

/** An export that cannot be made or read, in words for who asked for it. */
public final class TransferException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TransferException(String message) {
        super(message);
    }
}
