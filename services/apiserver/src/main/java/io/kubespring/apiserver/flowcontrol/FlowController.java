package io.kubespring.apiserver.flowcontrol;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * API priority and fairness by the FlowSchemas and PriorityLevelConfigurations in the watch caches, as they are: a change
 * is in force for the next request. Requests read one immutable {@link Configuration} without a lock; whoever finds that
 * an object changed makes the next one.
 */
public final class FlowController implements Gate {

    private static final GroupResource SCHEMAS = new GroupResource("flowcontrol.apiserver.k8s.io", "flowschemas");
    private static final GroupResource LEVELS =
            new GroupResource("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations");
    private static final Duration ADJUSTMENT = Duration.ofSeconds(10);

    private final ObjectSource objects;
    private final TimeSource time;
    private final Capacity capacity;
    private final FlowMetrics metrics;
    private final WatchCounts watches = new WatchCounts();
    private final WorkEstimator estimator;
    private final TimeSource.Cancellable adjustment;
    private volatile Configuration current;

    /**
     * What the machine can do.
     *
     * @param seats to be divided among the levels
     * @param wideAtOnce requests that each keep a core busy for a while, in each level
     */
    public record Capacity(int seats, int wideAtOnce) {}

    public FlowController(
            ObjectSource objects, ObjectCounts counts, Capacity capacity, TimeSource time, MeterRegistry registry) {
        this.objects = objects;
        this.time = time;
        this.capacity = capacity;
        metrics = new FlowMetrics(registry);
        estimator = new WorkEstimator(counts, watches);
        current = configuration(Configuration.NONE, List.of(), List.of(), new Object(), new Object());
        adjustment = time.scheduleAtFixedRate(ADJUSTMENT, ADJUSTMENT, this::adjust);
        metrics.uses(() -> current.levels().values());
    }

    @Override
    public Ticket arrive(RequestInfo info, QueryParameters query, UserInfo user) {
        boolean watch = info.verb().equals("watch");
        if (!watch && LongRunning.is(info)) {
            return Ticket.UNLIMITED;
        }
        Flow flow = upToDate().flowOf(info, user);
        Level level = flow.level();
        Work work = estimator.estimate(info, query, level.limits().widest(), flow.stats());
        flow.stats().estimated(work.maxSeats());
        String distinguisher =
                level.configuration().queues() > 1 ? flow.schema().flowOf(info, user) : "";
        var seat = new Seat(flow, distinguisher, hash(flow.schema().name(), distinguisher), work, info, user);
        level.line().arrive(seat);
        return seat;
    }

    @Override
    public void timeOut(Ticket ticket) {
        if (ticket instanceof Seat seat && seat.flow.level().line() instanceof QueueSet queues) {
            queues.timeOut(seat);
        }
    }

    @Override
    public Runnable watchBegins(RequestInfo info, QueryParameters query) {
        return watches.begin(info, query);
    }

    /** Flows must be spread well, over few bits; nobody gains by colliding with another. */
    private static long hash(String schema, String distinguisher) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int i = 0; i < schema.length(); i++) {
            hash = (hash ^ schema.charAt(i)) * 0x100_0000_01b3L;
        }
        hash = (hash ^ 0xffff) * 0x100_0000_01b3L;
        for (int i = 0; i < distinguisher.length(); i++) {
            hash = (hash ^ distinguisher.charAt(i)) * 0x100_0000_01b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8_feb8_6659_fd93L;
        return hash ^ (hash >>> 32);
    }

    private Configuration upToDate() {
        Configuration known = current;
        return known.isCurrent(objects) ? known : refreshed();
    }

    /** Takes over what changed; before the caches are filled, what was in force stays. */
    synchronized Configuration refreshed() {
        Configuration known = current;
        try {
            Object schemaToken = objects.changeToken(SCHEMAS);
            Object levelToken = objects.changeToken(LEVELS);
            if (known.hasTokens(schemaToken, levelToken)) {
                return known;
            }
            List<PriorityLevel> levels = new ArrayList<>();
            for (ObjectSource.Item item : objects.list(LEVELS, null)) {
                PriorityLevel level = PriorityLevel.read(item.tree());
                if (level != null) {
                    levels.add(level);
                }
            }
            List<FlowSchema> schemas = new ArrayList<>();
            objects.list(SCHEMAS, null).forEach(item -> schemas.add(FlowSchema.read(item.tree())));
            current = configuration(known, levels, schemas, schemaToken, levelToken);
            return current;
        } catch (StatusException notLoaded) {
            return known;
        }
    }

    private Configuration configuration(
            Configuration known,
            List<PriorityLevel> read,
            List<FlowSchema> schemas,
            Object schemaToken,
            Object levelToken) {
        Map<String, Level> levels = levels(known, Mandatory.completedLevels(read));
        int shares = 0;
        for (Level level : levels.values()) {
            shares += level.configuration().shares();
        }
        for (Level level : levels.values()) {
            level.limit(SeatLimits.of(level.configuration(), capacity.seats(), shares));
            metrics.level(level.name(), this::inForce);
        }
        metrics.fairFraction(Borrowing.adjust(levels.values()));
        List<Flow> flows = new ArrayList<>();
        for (FlowSchema schema : Mandatory.completedSchemas(schemas)) {
            Level level = levels.get(schema.levelName());
            if (level != null && !level.quiescing()) {
                flows.add(new Flow(schema, level, metrics.flow(level.name(), schema.name())));
            }
        }
        return new Configuration(flows, levels, schemas, schemaToken, levelToken);
    }

    /** Levels that nobody wants any more stay until their last requests are done. */
    private Map<String, Level> levels(Configuration known, List<PriorityLevel> wanted) {
        Map<String, Level> levels = new TreeMap<>();
        for (PriorityLevel each : wanted) {
            Level level = known.levels().get(each.name());
            if (level == null) {
                level = new Level(each, capacity.wideAtOnce(), time);
            } else {
                level.configure(each, true);
            }
            levels.put(each.name(), level);
        }
        known.levels().forEach((name, level) -> {
            if (!levels.containsKey(name) && !level.line().idle()) {
                level.configure(level.configuration(), false);
                levels.put(name, level);
            }
        });
        return levels;
    }

    private @Nullable Level inForce(String name) {
        return current.levels().get(name);
    }

    private synchronized void adjust() {
        refreshed();
        metrics.fairFraction(Borrowing.adjust(current.levels().values()));
        dropQuiesced();
    }

    private void dropQuiesced() {
        Configuration known = current;
        if (known.levels().values().stream()
                .anyMatch(level -> level.quiescing() && level.line().idle())) {
            Map<String, Level> left = new HashMap<>(known.levels());
            left.values().removeIf(level -> level.quiescing() && level.line().idle());
            current = known.with(new TreeMap<>(left));
        }
    }

    /** By name. */
    Map<String, Level> levels() {
        return upToDate().levels();
    }

    /** Which FlowSchemas' Dangling conditions are not what they should be, and what they should be. */
    public Map<String, DanglingCondition> staleConditions() {
        Configuration now = upToDate();
        Map<String, DanglingCondition> stale = new TreeMap<>();
        for (FlowSchema schema : now.schemas()) {
            Level level = now.levels().get(schema.levelName());
            var wanted = DanglingCondition.of(schema.levelName(), level != null && !level.quiescing());
            if (!wanted.equals(schema.condition())) {
                stale.put(schema.name(), wanted);
            }
        }
        return stale;
    }

    /** Whether the stored objects are in force, rather than what is imagined before there are any. */
    public boolean configured() {
        return !upToDate().schemas().isEmpty();
    }

    /** What is in force and under way, for the debugging pages. */
    public FlowDumps dumps() {
        return new FlowDumps(
                this, nanos -> time.now().minusNanos(time.nanoTime() - nanos).toString());
    }

    @Override
    public void close() {
        adjustment.cancel();
    }

    /**
     * What is in force at one time.
     *
     * @param flows in matching order; the last one matches everybody
     * @param schemas as stored
     */
    record Configuration(
            List<Flow> flows,
            Map<String, Level> levels,
            List<FlowSchema> schemas,
            Object schemaToken,
            Object levelToken) {

        static final Configuration NONE = new Configuration(List.of(), Map.of(), List.of(), new Object(), new Object());

        boolean hasTokens(Object schemas, Object levels) {
            return schemaToken.equals(schemas) && levelToken.equals(levels);
        }

        boolean isCurrent(ObjectSource objects) {
            try {
                return hasTokens(objects.changeToken(SCHEMAS), objects.changeToken(LEVELS));
            } catch (StatusException notLoaded) {
                return true;
            }
        }

        Configuration with(Map<String, Level> fewer) {
            return new Configuration(flows, fewer, schemas, schemaToken, levelToken);
        }

        /** Whoever matches nothing, which catch-all prevents, is treated as catch-all's. */
        Flow flowOf(RequestInfo info, UserInfo user) {
            for (Flow flow : flows) {
                if (flow.schema().matches(info, user)) {
                    return flow;
                }
            }
            return flows.getLast();
        }
    }
}
