package io.kubespring.apiserver.flowcontrol;

/**
 * A request's place: executing, waiting for it, or turned away. Whoever took it must {@link #finish} it, on every path;
 * that is idempotent and may come from any thread.
 */
public interface Ticket {

    enum State {
        WAITING,
        EXECUTING,
        REJECTED,
        FINISHED
    }

    /** Of what no limit applies to. */
    Ticket UNLIMITED = new DecidedTicket(State.EXECUTING);

    State state();

    /**
     * Runs {@code action} once this is no longer waiting: at once, or on the thread that makes room, which must not be
     * held up. To be called at most once.
     */
    void whenDecided(Runnable action);

    /** Gives back what was held; of one that waits, leaves the queue. */
    void finish();

    /** UID of the FlowSchema that matched; empty where none is in force. */
    String schemaUid();

    /** UID of the PriorityLevelConfiguration that the request belongs to; empty where none is in force. */
    String levelUid();

    /** What a rejected client is told to wait. */
    int retryAfterSeconds();
}
