package io.kubespring.apiserver.flowcontrol;

import org.jspecify.annotations.Nullable;

/**
 * Where a level's fair queues stand in virtual time ("Fair Queuing for Server Requests" of KEP-1040); null where nothing
 * was dispatched yet, or nothing waits.
 *
 * @param current R of the last change
 * @param dispatched R of the last dispatch
 * @param latest S of the request that was dispatched last
 * @param first the least S of what is next in its queue
 * @param last the greatest
 */
record VirtualTimes(
        double current,
        @Nullable Double dispatched,
        @Nullable Double latest,
        @Nullable Double first,
        @Nullable Double last) {

    static final VirtualTimes NONE = new VirtualTimes(0, null, null, null, null);
}
