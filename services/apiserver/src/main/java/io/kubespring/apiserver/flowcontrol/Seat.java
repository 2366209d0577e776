package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.RequestInfo;
import org.jspecify.annotations.Nullable;

/**
 * One request's ticket in a {@link Line}. Becomes EXECUTING or REJECTED once, then FINISHED once; all but the state is
 * guarded by the line's lock.
 */
final class Seat implements Ticket {

    final Flow flow;
    final String distinguisher;
    final long hash;
    final Work work;
    final RequestInfo info;
    final UserInfo user;

    volatile State state = State.WAITING;
    private @Nullable Runnable action;

    @Nullable
    FairQueue queue;

    boolean countedAsWide;

    long arrived;
    long started;
    double arrivalProgress;
    /** The next of several that were decided at once. */
    @Nullable
    Seat next;

    Seat(Flow flow, String distinguisher, long hash, Work work, RequestInfo info, UserInfo user) {
        this.flow = flow;
        this.distinguisher = distinguisher;
        this.hash = hash;
        this.work = work;
        this.info = info;
        this.user = user;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void whenDecided(Runnable wanted) {
        synchronized (this) {
            if (state == State.WAITING) {
                action = wanted;
                return;
            }
        }
        wanted.run();
    }

    /** Says what became of it; to be called without the line's lock. */
    void announce() {
        Runnable wanted;
        synchronized (this) {
            wanted = action;
            action = null;
        }
        if (wanted != null) {
            wanted.run();
        }
    }

    /** Only ever under the line's lock. */
    void become(State decided) {
        synchronized (this) {
            state = decided;
        }
    }

    @Override
    public void finish() {
        flow.level().line().finish(this);
    }

    @Override
    public String schemaUid() {
        return flow.schema().uid();
    }

    @Override
    public String levelUid() {
        return flow.level().uid();
    }

    @Override
    public int retryAfterSeconds() {
        return flow.level().retryAfter().seconds();
    }
}
