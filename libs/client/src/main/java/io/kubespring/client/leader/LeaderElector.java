package io.kubespring.client.leader;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Elects one leader on a Lease, with client-go's rules: a candidate trusts only its own clock (a lease is stale when it
 * has not been seen to change for its duration), the leader stops leading once it could not renew for the deadline, even
 * where the server leaves it without an answer. Quicker than client-go, a candidate looks again as soon as what it saw has
 * run out, so that the next one leads within the lease's duration and one wait. Stricter than client-go, it stops at once when it sees another holder.
 * States: following → leading when the lease was acquired; leading → stopped when renewal failed for the deadline, the lease was taken, or on
 * {@link #close}. A stopped elector follows again.
 */
public final class LeaderElector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);

    private enum Outcome {
        HELD,
        OTHERS,
        UNKNOWN
    }

    private final LeaderElectionConfig config;
    private final Resources<Lease> leases;
    private final TimeSource time;
    private final RandomSource random;
    private final Executor executor;
    private final Runnable onStartedLeading;
    private final Runnable onStoppedLeading;
    private final AtomicBoolean started = new AtomicBoolean();
    /** Used by the one tick that is under way. */
    private @Nullable LeaseSpec observed;

    private long observedAt;
    private volatile long renewedAt;
    private volatile boolean leading;
    private volatile boolean closed;

    public LeaderElector(
            LeaderElectionConfig config,
            KubeClient client,
            RandomSource random,
            Executor executor,
            Runnable onStartedLeading,
            Runnable onStoppedLeading) {
        this.config = config;
        this.leases = client.resources(Lease.class).inNamespace(config.namespace());
        this.time = client.time();
        this.random = random;
        this.executor = executor;
        this.onStartedLeading = onStartedLeading;
        this.onStoppedLeading = onStoppedLeading;
    }

    /** Idempotent. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            submit(this::tick);
        }
    }

    public boolean isLeader() {
        return leading && !closed && !overdue();
    }

    private boolean overdue() {
        return time.nanoTime() - renewedAt >= config.renewDeadline().toNanos();
    }

    /** Waits for the server without the lock: a hanging request keeps neither the deadline nor {@link #close} waiting. */
    private void tick() {
        if (closed) {
            return;
        }
        try {
            long asked = time.nanoTime();
            switch (tryAcquireOrRenew()) {
                case HELD -> held(asked);
                case OTHERS -> lost("another holds the lease");
                case UNKNOWN -> stopWhenOverdue();
            }
        } finally {
            time.schedule(leading ? config.retryPeriod() : untilNextLook(), () -> submit(this::tick));
        }
    }

    /** @param asked others count from when the server got the renewal, which was not before */
    private synchronized void held(long asked) {
        if (closed) {
            release();
            return;
        }
        renewedAt = asked;
        if (overdue()) {
            // Answered too late to rely on.
            lost("the renewal took longer than its deadline");
            return;
        }
        Duration left = config.renewDeadline().minusNanos(time.nanoTime() - asked);
        time.schedule(left, () -> submit(this::stopWhenOverdue));
        if (leading) {
            return;
        }
        leading = true;
        LOG.info("{}/{}: {} leads", config.namespace(), config.name(), config.identity());
        try {
            onStartedLeading.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("{}/{}: {} cannot lead", config.namespace(), config.name(), config.identity(), failure);
            stopLeading();
            release();
        }
    }

    private synchronized void stopWhenOverdue() {
        if (overdue()) {
            lost("not renewed within the deadline");
        }
    }

    private synchronized void lost(String why) {
        if (leading) {
            LOG.warn("{}/{}: {}", config.namespace(), config.name(), why);
            stopLeading();
        }
    }

    private void submit(Runnable task) {
        if (!closed) {
            executor.execute(task);
        }
    }

    private Duration untilNextLook() {
        long jittered =
                (long) (config.retryPeriod().toNanos() * (1 + random.nextDouble() * LeaderElectionConfig.JITTER));
        LeaseSpec seen = observed;
        if (seen == null || !isSomeoneElse(seen)) {
            return Duration.ofNanos(jittered);
        }
        long left = lasts(seen).toNanos() - (time.nanoTime() - observedAt);
        return Duration.ofNanos(left > 0 ? Math.min(jittered, left) : jittered);
    }

    private Outcome tryAcquireOrRenew() {
        try {
            Lease current = leases.find(config.name()).block();
            if (current == null) {
                observe(spec(Objects.requireNonNull(leases.create(fresh()).block())));
                return Outcome.HELD;
            }
            LeaseSpec spec = spec(current);
            if (!spec.equals(observed)) {
                observe(spec);
            }
            if (heldByOther(spec)) {
                return Outcome.OTHERS;
            }
            if (closed) {
                return Outcome.UNKNOWN;
            }
            observe(spec(Objects.requireNonNull(leases.update(taken(current)).block())));
            return Outcome.HELD;
        } catch (RuntimeException failure) {
            LOG.warn("{}/{}: {}", config.namespace(), config.name(), failure.toString());
            return Outcome.UNKNOWN;
        }
    }

    /** A lease that somebody made by hand may have none. */
    private static LeaseSpec spec(Lease lease) {
        return lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    }

    private boolean heldByOther(LeaseSpec spec) {
        return isSomeoneElse(spec) && time.nanoTime() - observedAt < lasts(spec).toNanos();
    }

    private boolean isSomeoneElse(LeaseSpec spec) {
        String holder = spec.getHolderIdentity();
        return holder != null && !holder.isEmpty() && !holder.equals(config.identity());
    }

    private Duration lasts(LeaseSpec spec) {
        return spec.getLeaseDurationSeconds() == null
                ? config.leaseDuration()
                : Duration.ofSeconds(spec.getLeaseDurationSeconds());
    }

    private void observe(LeaseSpec spec) {
        observed = spec;
        observedAt = time.nanoTime();
    }

    private Lease fresh() {
        ZonedDateTime now = now();
        return new LeaseBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(config.namespace())
                        .withName(config.name())
                        .build())
                .withSpec(spec(now, now, 0))
                .build();
    }

    private Lease taken(Lease current) {
        LeaseSpec before = spec(current);
        boolean mine = config.identity().equals(before.getHolderIdentity());
        int transitions = before.getLeaseTransitions() == null ? 0 : before.getLeaseTransitions();
        ZonedDateTime acquired = mine && before.getAcquireTime() != null ? before.getAcquireTime() : now();
        return new LeaseBuilder(current)
                .withSpec(spec(acquired, now(), mine ? transitions : transitions + 1))
                .build();
    }

    private Lease released(Lease current) {
        LeaseSpec spec =
                spec(now(), now(), Objects.requireNonNullElse(spec(current).getLeaseTransitions(), 0));
        spec.setHolderIdentity("");
        spec.setLeaseDurationSeconds(1);
        return new LeaseBuilder(current).withSpec(spec).build();
    }

    private LeaseSpec spec(ZonedDateTime acquired, ZonedDateTime renewed, int transitions) {
        var spec = new LeaseSpec();
        spec.setHolderIdentity(config.identity());
        spec.setLeaseDurationSeconds((int) config.leaseDuration().toSeconds());
        spec.setAcquireTime(acquired);
        spec.setRenewTime(renewed);
        spec.setLeaseTransitions(transitions);
        return spec;
    }

    private ZonedDateTime now() {
        return time.now().atZone(ZoneOffset.UTC);
    }

    private void stopLeading() {
        leading = false;
        LOG.warn("{}/{}: {} leads no more", config.namespace(), config.name(), config.identity());
        try {
            onStoppedLeading.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("{}/{}: stopping failed", config.namespace(), config.name(), failure);
        }
    }

    /** Gives the lease back where it is held; a server that does not answer is waited for no longer than a retry period. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        boolean held = leading;
        closed = true;
        if (held) {
            stopLeading();
            release();
        }
    }

    private void release() {
        try {
            leases.get(config.name())
                    .filter(current -> config.identity().equals(spec(current).getHolderIdentity()))
                    .flatMap(current -> leases.update(released(current)))
                    .takeUntilOther(Mono.create(late -> time.schedule(config.retryPeriod(), late::success)))
                    .block();
        } catch (RuntimeException failure) {
            LOG.warn("{}/{}: not released: {}", config.namespace(), config.name(), failure.toString());
        }
    }
}
