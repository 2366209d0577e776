package io.kubespring.scheduler.framework;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of scheduling policy. Each nested interface is one extension point of the framework, in the order in which a Pod
 * passes them; a plugin implements those it cares for. Plugins are called from one thread a scheduler, Bind and its
 * neighbours from several.
 */
public interface Plugin {

    /** The documented name ("NodeResourcesFit"). */
    String name();

    /**
     * Whether a change in the cluster may let a Pod pass that this plugin has rejected. The default, true, costs needless
     * tries but loses none.
     */
    default boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return true;
    }

    /** Keeps a Pod out of the queue. */
    interface PreEnqueue extends Plugin {
        Outcome preEnqueue(PodInfo pod);
    }

    /** Looks at the Pod and the cluster once, before nodes are tried. */
    interface PreFilter extends Plugin {
        Outcome preFilter(CycleState state, PodInfo pod, Snapshot snapshot);
    }

    /** Says whether a Pod may run on a node. */
    interface Filter extends Plugin {
        Outcome filter(CycleState state, PodInfo pod, NodeInfo node);
    }

    /** Called when no node fits; may make room and nominate a node. */
    interface PostFilter extends Plugin {
        /** @return the nominated node, or null */
        @Nullable
        String postFilter(CycleState state, PodInfo pod, Snapshot snapshot);
    }

    /** Prepares scoring. */
    interface PreScore extends Plugin {
        /** @param nodes that fit */
        Outcome preScore(CycleState state, PodInfo pod, Snapshot snapshot, List<NodeInfo> nodes);
    }

    /** Ranks the nodes that fit. */
    interface Score extends Plugin {
        long MAX = 100;

        /** Any range if {@link #normalize} brings it to 0…{@link #MAX}. */
        long score(CycleState state, PodInfo pod, NodeInfo node);

        /** Works in place on the scores of all nodes. */
        default void normalize(long[] scores) {}

        /** How much the score counts. */
        long weight();
    }

    /** Sets something aside on the chosen node. */
    interface Reserve extends Plugin {
        Outcome reserve(CycleState state, PodInfo pod, String node);

        void unreserve(CycleState state, PodInfo pod, String node);
    }

    /** The last word before binding. */
    interface Permit extends Plugin {
        Outcome permit(CycleState state, PodInfo pod, String node);
    }

    /** Prepares the node for the Pod. May block. */
    interface PreBind extends Plugin {
        Outcome preBind(CycleState state, PodInfo pod, String node);
    }

    /** Binds the Pod to the node; {@link Outcome#SKIP} leaves it to the next plugin. May block. */
    interface Bind extends Plugin {
        Outcome bind(CycleState state, PodInfo pod, String node);
    }

    /** Told after a Pod is bound. */
    interface PostBind extends Plugin {
        void postBind(CycleState state, PodInfo pod, String node);
    }
}
