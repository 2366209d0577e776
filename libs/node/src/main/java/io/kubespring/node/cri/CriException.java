package io.kubespring.node.cri;

/** A call to the runtime that failed, with the runtime's own words as its message. */
public final class CriException extends RuntimeException {

    /** What callers decide on; everything else is {@link #FAILED}. */
    public enum Code {
        NOT_FOUND,
        UNAVAILABLE,
        DEADLINE_EXCEEDED,
        UNIMPLEMENTED,
        FAILED
    }

    private final Code code;
    private final String rendered;

    /**
     * @param rendered the error as Go clients print it ({@code rpc error: code = NotFound desc = …}); events carry it
     */
    public CriException(Code code, String message, String rendered) {
        super(message);
        this.code = code;
        this.rendered = rendered;
    }

    public CriException(Code code, String message) {
        this(code, message, "rpc error: code = Unknown desc = " + message);
    }

    public Code code() {
        return code;
    }

    public String rendered() {
        return rendered;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
