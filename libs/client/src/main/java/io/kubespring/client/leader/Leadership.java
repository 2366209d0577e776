package io.kubespring.client.leader;

import io.kubespring.api.time.RandomSource;
import io.kubespring.client.KubeClient;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component's right to work: from the start where there is no election, else from when this instance leads. Losing the
 * lease is final, since what it was doing may be under way still: the process should end and be started again, as
 * upstream's does. States: waiting → working → lost.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final Runnable work;
    private final Runnable stop;
    private final @Nullable LeaderElector elector;
    private volatile boolean working;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * @param config null for no election
     * @param work begins the work
     * @param stop ends it for good after the lease was lost; not called by {@link #close}
     */
    public Leadership(
            @Nullable LeaderElectionConfig config,
            KubeClient client,
            RandomSource random,
            Executor executor,
            Runnable work,
            Runnable stop) {
        this.work = work;
        this.stop = stop;
        elector = config == null
                ? null
                : new LeaderElector(config, client, random, executor, this::begin, this::stoppedLeading);
    }

    public void start() {
        if (elector == null) {
            begin();
        } else {
            elector.start();
        }
    }

    private void begin() {
        working = true;
        work.run();
    }

    private void stoppedLeading() {
        working = false;
        if (!closed && elector != null) {
            lost = true;
            LOG.error("leader election lost");
            elector.close();
            stop.run();
        }
    }

    /** Whether the work has begun and the lease, where there is one, still covers it. */
    public boolean held() {
        return working && !lost && (elector == null || elector.isLeader());
    }

    /** Whether it is another's turn. */
    public boolean waiting() {
        return !working && !lost;
    }

    /** Whether this instance led and may never again. */
    public boolean lost() {
        return lost;
    }

    /** Gives the lease back; call it when the work has ended. */
    @Override
    public void close() {
        closed = true;
        working = false;
        if (elector != null) {
            elector.close();
        }
    }
}
