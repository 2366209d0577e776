package io.kubespring.apimachinery.decode;

/** The bytes are not of the language they claim. Carries no stack trace: it is an answer, not a defect. */
public final class MalformedBodyException extends RuntimeException {

    public MalformedBodyException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
