package io.kubespring.scheduler.cycle;

import io.kubespring.api.time.RandomSource;
import io.kubespring.scheduler.framework.CycleState;
import io.kubespring.scheduler.framework.FitFailure;
import io.kubespring.scheduler.framework.Framework;
import io.kubespring.scheduler.framework.NodeInfo;
import io.kubespring.scheduler.framework.PodInfo;
import io.kubespring.scheduler.framework.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the best node for a Pod. In a large cluster it stops looking when it has found enough fitting nodes, and starts the
 * next search where this one ended, so that all nodes get their turn. Used by one thread.
 */
public final class NodeChooser {

    /** Below this many, all nodes are looked at. */
    private static final int ALWAYS_ALL = 100;

    private static final int LEAST_PERCENT = 5;

    private final Framework framework;
    private final RandomSource random;
    private int start;

    public NodeChooser(Framework framework, RandomSource random) {
        this.framework = framework;
        this.random = random;
    }

    /**
     * @param failure told why nodes do not fit
     * @return the node's name, or null where none fits
     */
    public @Nullable String choose(CycleState state, PodInfo pod, Snapshot snapshot, FitFailure failure) {
        if (snapshot.size() == 0
                || !framework.preFilter(state, pod, snapshot, failure).isSuccess()) {
            return null;
        }
        List<NodeInfo> fitting = fitting(state, pod, snapshot, failure);
        if (fitting.isEmpty()) {
            return null;
        }
        if (fitting.size() == 1) {
            return fitting.getFirst().name();
        }
        return best(fitting, framework.score(state, pod, snapshot, fitting));
    }

    private List<NodeInfo> fitting(CycleState state, PodInfo pod, Snapshot snapshot, FitFailure failure) {
        int size = snapshot.size();
        int enough = enough(size);
        List<NodeInfo> fitting = new ArrayList<>(Math.min(enough, size));
        int looked = 0;
        while (looked < size && fitting.size() < enough) {
            NodeInfo node = snapshot.nodes().get((start + looked) % size);
            if (framework.filter(state, pod, node, failure).isSuccess()) {
                fitting.add(node);
            }
            looked++;
        }
        start = (start + looked) % size;
        return fitting;
    }

    /** How many fitting nodes are enough: a share that shrinks as the cluster grows, as percentageOfNodesToScore. */
    static int enough(int nodes) {
        if (nodes < ALWAYS_ALL) {
            return nodes;
        }
        int percent = Math.max(LEAST_PERCENT, 50 - nodes / 125);
        return Math.max(ALWAYS_ALL, nodes * percent / 100);
    }

    /** Among equals, any, so that they share the load. */
    private String best(List<NodeInfo> nodes, long[] scores) {
        int best = 0;
        int equals = 1;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
                equals = 1;
            } else if (scores[i] == scores[best] && random.nextInt(++equals) == 0) {
                best = i;
            }
        }
        return nodes.get(best).name();
    }
}
