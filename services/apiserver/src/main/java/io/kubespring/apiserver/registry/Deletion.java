package io.kubespring.apiserver.registry;

import io.kubespring.apiserver.request.DeleteOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a DELETE means for one object, decided without waiting: it goes at once, or it is only marked because of a grace
 * period, finalizers or dependents. Implements graceful deletion and the garbage collector's {@code orphan} and
 * {@code foregroundDeletion} finalizers.
 */
final class Deletion {

    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private Deletion() {}

    /**
     * @param remove whether the object goes now
     * @param object as it is marked; as it was if it goes, or if nothing changes
     */
    record Plan(boolean remove, ObjectNode object) {}

    static Plan plan(ObjectNode current, DeleteOptions options, ResourceStrategy strategy, Context context) {
        Long asked = options.gracePeriodSeconds();
        Long requested = asked == null || asked >= 0 ? asked : Long.valueOf(1);
        Long grace = strategy.gracePeriodSeconds(current, requested);
        ObjectNode next = current.deepCopy();
        boolean graceful = false;
        if (grace != null && Metadata.deleting(current)) {
            long pending =
                    current.path("metadata").path("deletionGracePeriodSeconds").asLong(0);
            if (pending > 0) {
                if (requested == null || requested >= pending) {
                    return new Plan(false, current); // it may only be shortened, and what holds it stays
                }
                graceful = shorten(next, pending, requested, context.now()) > 0;
            }
        } else if (grace != null && grace > 0) {
            mark(next, context.now().plusSeconds(grace), grace, context, strategy);
            graceful = true;
        }
        Metadata.setFinalizers(next, finalizers(current, options, strategy));
        if (graceful) {
            return new Plan(false, next);
        }
        if (Metadata.finalizers(next).isEmpty() && !strategy.holdsDeletion(next)) {
            return new Plan(true, current);
        }
        mark(next, context.now(), 0, context, strategy);
        return new Plan(false, next);
    }

    /** Whether an update takes away the last thing that held a deleted object. */
    static boolean finishedBy(ObjectNode next, ObjectNode current, ResourceStrategy strategy) {
        return Metadata.deleting(current)
                && current.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
                && Metadata.finalizers(next).isEmpty()
                && !strategy.holdsDeletion(next);
    }

    /**
     * Moves the deadline as if the shorter period had been asked for from the start, but not into the past: what is left
     * of a graceful deletion is a second at least, so that somebody still gets to end it.
     */
    private static long shorten(ObjectNode next, long pending, long requested, Instant now) {
        Instant began = Instant.parse(Metadata.text(next, "deletionTimestamp")).minusSeconds(pending);
        Instant deadline = began.plusSeconds(requested);
        boolean over = deadline.isBefore(now);
        long left = over && requested > 0 ? 1 : requested;
        setDeadline(next, over ? now : deadline, left);
        return left;
    }

    private static void mark(
            ObjectNode next, Instant deadline, long grace, Context context, ResourceStrategy strategy) {
        boolean first = !Metadata.deleting(next);
        if (first || Instant.parse(Metadata.text(next, "deletionTimestamp")).isAfter(deadline)) {
            setDeadline(next, deadline, grace);
        } else {
            Metadata.of(next).put("deletionGracePeriodSeconds", grace);
        }
        if (first) {
            long generation = next.path("metadata").path("generation").asLong(0);
            if (generation > 0) {
                Metadata.of(next).put("generation", generation + 1);
            }
            strategy.prepareForDelete(next, context);
        }
    }

    private static void setDeadline(ObjectNode next, Instant deadline, long grace) {
        Metadata.of(next)
                .put(
                        "deletionTimestamp",
                        deadline.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("deletionGracePeriodSeconds", grace);
    }

    private static List<String> finalizers(ObjectNode current, DeleteOptions options, ResourceStrategy strategy) {
        List<String> result = new ArrayList<>(Metadata.finalizers(current));
        boolean had = result.contains(ORPHAN) || result.contains(FOREGROUND);
        Propagation usual = strategy.defaultPropagation();
        Propagation asked = asked(options);
        if (asked == null && had && usual != null) {
            return result;
        }
        result.removeAll(List.of(ORPHAN, FOREGROUND));
        if (usual == null) {
            return result;
        }
        Propagation policy = asked == null ? usual : asked;
        switch (policy) {
            case ORPHAN -> result.add(ORPHAN);
            case FOREGROUND -> result.add(FOREGROUND);
            case BACKGROUND -> {}
        }
        return result;
    }

    private static @org.jspecify.annotations.Nullable Propagation asked(DeleteOptions options) {
        if (options.orphanDependents() != null) {
            return options.orphanDependents() ? Propagation.ORPHAN : Propagation.BACKGROUND;
        }
        for (Propagation each : Propagation.values()) {
            if (each.text().equals(options.propagationPolicy())) {
                return each;
            }
        }
        return null;
    }
}
