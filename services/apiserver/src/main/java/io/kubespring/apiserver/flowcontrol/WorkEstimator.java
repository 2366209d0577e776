package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;

/**
 * How many seats a request takes. A list takes one for every hundred objects that it looks at; a watch that starts with
 * the state takes what the list would, while it starts. A write takes one, and holds seats for a while after its answer
 * where ten or more watchers are to be told, in proportion to their number.
 */
final class WorkEstimator {

    static final int MOST_SEATS = 10;

    private static final int OBJECTS_PER_SEAT = 100;
    private static final int WATCHES_PER_SEAT = 10;
    /** A list of more is wide: megabytes, and tens of milliseconds of a core. */
    private static final int ORDINARY_SEATS = 5;

    /**
     * What ten watchers of one event cost. Upstream reserves 5 ms; frames that are encoded once and shared make it a
     * hundredth of that here, and reserving more would only slow writers down.
     */
    private static final long EVENT_NANOS = 100_000;

    private final ObjectCounts objects;
    private final WatchCounts watches;

    WorkEstimator(ObjectCounts objects, WatchCounts watches) {
        this.objects = objects;
        this.watches = watches;
    }

    /** @param widest the most that the level allows one request to count as */
    Work estimate(RequestInfo info, QueryParameters query, int widest, FlowStats stats) {
        if (!info.resourceRequest()) {
            return Work.ONE;
        }
        return switch (info.verb()) {
            case "list" -> listed(info, query, widest);
            case "watch" -> startsWithState(query) ? listed(info, query, widest) : Work.ONE;
            case "create", "update", "patch", "delete" -> write(info, widest, stats);
            default -> Work.ONE;
        };
    }

    private static boolean startsWithState(QueryParameters query) {
        String revision = query.firstOr("resourceVersion", "");
        return revision.isEmpty() || revision.equals("0") || query.flag("sendInitialEvents");
    }

    private Work listed(RequestInfo info, QueryParameters query, int widest) {
        if (!info.name().isEmpty()) {
            return Work.ONE;
        }
        int looked = objects.count(info.apiGroup(), info.resource(), info.namespace());
        if (!query.isEmpty() && !query.has("labelSelector") && !query.has("fieldSelector")) {
            looked = limited(looked, query);
        }
        int seats = (looked + OBJECTS_PER_SEAT - 1) / OBJECTS_PER_SEAT;
        return Work.seats(Math.clamp(seats, 1, Math.min(widest, MOST_SEATS)), seats > ORDINARY_SEATS);
    }

    /** The cache finds a page's start at once, so that only the page counts. */
    private static int limited(int looked, QueryParameters query) {
        String limit = query.firstOr("limit", "");
        if (limit.isEmpty() || limit.length() > 9) {
            return looked;
        }
        try {
            int asked = Integer.parseInt(limit);
            return asked > 0 ? Math.min(asked, looked) : looked;
        } catch (NumberFormatException refusedLater) {
            return looked;
        }
    }

    private Work write(RequestInfo info, int widest, FlowStats stats) {
        if (info.subresource().equals("token")) {
            return Work.ONE; // tells no watcher anything
        }
        int watchers = watches.interestedIn(info);
        stats.watchers(watchers);
        if (watchers < WATCHES_PER_SEAT) {
            return Work.ONE;
        }
        int wanted = (watchers + WATCHES_PER_SEAT - 1) / WATCHES_PER_SEAT;
        int seats = Math.min(wanted, Math.min(widest, MOST_SEATS));
        return new Work(1, seats, EVENT_NANOS * wanted / seats, false);
    }
}
