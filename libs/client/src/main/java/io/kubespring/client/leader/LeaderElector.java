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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one leader on a Lease, with client-go's rules: a candidate trusts only its own clock (a lease is stale when it
 * has not been seen to change for its duration), the leader stops leading once it could not renew for the deadline.
 * States: following → leading when the lease was acquired; leading → stopped when renewal failed for the deadline or on
 * {@link #close}. A stopped elector follows again.
 */
public final class LeaderElector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);
    private static final double JITTER = 1.2;

    private final LeaderElectionConfig config;
    private final Resources<Lease> leases;
    private final TimeSource time;
    private final RandomSource random;
    private final Executor executor;
    private final Runnable onStartedLeading;
    private final Runnable onStoppedLeading;
    private @Nullable LeaseSpec observed;
    private long observedAt;
    private long renewedAt;
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

    public void start() {
        executor.execute(this::tick);
    }

    public boolean isLeader() {
        return leading && !closed;
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        boolean held = tryAcquireOrRenew();
        if (held) {
            renewedAt = time.nanoTime();
            if (!leading) {
                leading = true;
                LOG.info("{}/{}: {} leads", config.namespace(), config.name(), config.identity());
                onStartedLeading.run();
            }
        } else if (leading
                && time.nanoTime() - renewedAt >= config.renewDeadline().toNanos()) {
            stopLeading();
        }
        time.schedule(leading ? config.retryPeriod() : jittered(), () -> {
            if (!closed) {
                executor.execute(this::tick);
            }
        });
    }

    private Duration jittered() {
        return Duration.ofNanos((long) (config.retryPeriod().toNanos() * (1 + random.nextDouble() * JITTER)));
    }

    private boolean tryAcquireOrRenew() {
        try {
            Lease current = leases.find(config.name()).block();
            if (current == null) {
                observe(Objects.requireNonNull(leases.create(fresh()).block()).getSpec());
                return true;
            }
            if (!current.getSpec().equals(observed)) {
                observe(current.getSpec());
            }
            if (heldByOther(current.getSpec())) {
                return false;
            }
            observe(Objects.requireNonNull(leases.update(taken(current)).block())
                    .getSpec());
            return true;
        } catch (RuntimeException failure) {
            LOG.warn("{}/{}: {}", config.namespace(), config.name(), failure.toString());
            return false;
        }
    }

    private boolean heldByOther(LeaseSpec spec) {
        String holder = spec.getHolderIdentity();
        if (holder == null || holder.isEmpty() || holder.equals(config.identity())) {
            return false;
        }
        Duration lasts = spec.getLeaseDurationSeconds() == null
                ? config.leaseDuration()
                : Duration.ofSeconds(spec.getLeaseDurationSeconds());
        return time.nanoTime() - observedAt < lasts.toNanos();
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
        LeaseSpec before = current.getSpec();
        boolean mine = config.identity().equals(before.getHolderIdentity());
        int transitions = before.getLeaseTransitions() == null ? 0 : before.getLeaseTransitions();
        ZonedDateTime acquired = mine && before.getAcquireTime() != null ? before.getAcquireTime() : now();
        return new LeaseBuilder(current)
                .withSpec(spec(acquired, now(), mine ? transitions : transitions + 1))
                .build();
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
        onStoppedLeading.run();
    }

    /** Gives the lease back where it is held. */
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
            Lease current = leases.get(config.name()).block();
            if (current != null && config.identity().equals(current.getSpec().getHolderIdentity())) {
                current.getSpec().setHolderIdentity("");
                current.getSpec().setLeaseDurationSeconds(1);
                leases.update(current).block();
            }
        } catch (RuntimeException failure) {
            LOG.warn("{}/{}: not released: {}", config.namespace(), config.name(), failure.toString());
        }
    }
}
