package io.kubespring.apimachinery.structural;

/** A value that its field cannot hold; the message is the decoder's. Never leaves the package. */
final class WrongTypeException extends RuntimeException {

    WrongTypeException(String message) {
        super(message, null, false, false);
    }
}
