package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain limits, where priority and fairness is off: so many reads and so many writes at once, administrators always. */
public final class MaxInFlight implements Gate {

    private final int mostReads;
    private final int mostWrites;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    /** 0 for no limit. */
    public MaxInFlight(int mostReads, int mostWrites) {
        this.mostReads = mostReads;
        this.mostWrites = mostWrites;
    }

    @Override
    public Ticket arrive(RequestInfo info, QueryParameters query, UserInfo user) {
        boolean read = switch (info.verb()) {
            case "get", "list", "watch" -> true;
            default -> false;
        };
        int most = read ? mostReads : mostWrites;
        if (most == 0 || LongRunning.is(info)) {
            return Ticket.UNLIMITED;
        }
        AtomicInteger inFlight = read ? reads : writes;
        if (inFlight.incrementAndGet() <= most) {
            return new Place(inFlight);
        }
        inFlight.decrementAndGet();
        return user.inGroup(UserInfo.MASTERS_GROUP) ? Ticket.UNLIMITED : TURNED_AWAY;
    }

    /** Nobody waits here. */
    @Override
    public void timeOut(Ticket ticket) {}

    private static final Ticket TURNED_AWAY = new DecidedTicket(Ticket.State.REJECTED);

    private static final class Place extends DecidedTicket {
        private final AtomicInteger inFlight;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(AtomicInteger inFlight) {
            super(State.EXECUTING);
            this.inFlight = inFlight;
        }

        @Override
        public void finish() {
            if (left.compareAndSet(false, true)) {
                inFlight.decrementAndGet();
            }
        }
    }
}
