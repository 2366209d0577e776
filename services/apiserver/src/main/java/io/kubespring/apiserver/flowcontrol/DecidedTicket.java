package io.kubespring.apiserver.flowcontrol;

/** A place without a queue, a FlowSchema or a level: decided when it is taken, and nothing to give back. */
class DecidedTicket implements Ticket {

    private final State state;

    DecidedTicket(State state) {
        this.state = state;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void whenDecided(Runnable action) {
        action.run();
    }

    @Override
    public void finish() {}

    @Override
    public String schemaUid() {
        return "";
    }

    @Override
    public String levelUid() {
        return "";
    }

    @Override
    public int retryAfterSeconds() {
        return 1;
    }
}
