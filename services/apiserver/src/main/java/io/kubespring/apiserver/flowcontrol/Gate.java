package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;

/** Decides, behind authentication and in front of authorization, when a request may be executed. Never blocks. */
public interface Gate extends AutoCloseable {

    Ticket arrive(RequestInfo info, QueryParameters query, UserInfo user);

    /** Turns a ticket away that has waited for too long; of any other nothing happens. */
    void timeOut(Ticket ticket);

    /**
     * Counts a watch, for what it adds to the cost of writes.
     *
     * @return ends it; to be run once
     */
    default Runnable watchBegins(RequestInfo info, QueryParameters query) {
        return () -> {};
    }

    @Override
    default void close() {}
}
