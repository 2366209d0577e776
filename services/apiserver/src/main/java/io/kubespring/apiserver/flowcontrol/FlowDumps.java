package io.kubespring.apiserver.flowcontrol;

import io.kubespring.apiserver.request.RequestInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The pages below {@code /debug/api_priority_and_fairness/}: levels, queues in use, and requests, one a row. */
public final class FlowDumps {

    private static final List<String> LEVELS = List.of(
            "PriorityLevelName",
            "ActiveQueues",
            "IsIdle",
            "IsQuiescing",
            "WaitingRequests",
            "ExecutingRequests",
            "DispatchedRequests",
            "RejectedRequests",
            "TimedoutRequests",
            "CancelledRequests");
    private static final List<String> QUEUES = List.of(
            "PriorityLevelName",
            "Index",
            "PendingRequests",
            "ExecutingRequests",
            "SeatsInUse",
            "NextDispatchR",
            "InitialSeatsSum",
            "MaxSeatsSum",
            "TotalWorkSum");
    private static final List<String> REQUESTS = List.of(
            "PriorityLevelName",
            "FlowSchemaName",
            "QueueIndex",
            "RequestIndexInQueue",
            "FlowDistingsher",
            "ArriveTime",
            "InitialSeats",
            "FinalSeats",
            "AdditionalLatency",
            "StartTime");
    private static final List<String> DETAILS =
            List.of("UserName", "Verb", "APIPath", "Namespace", "Name", "APIVersion", "Resource", "SubResource");

    private final FlowController controller;
    private final AlignedTable.Clock clock;

    /** @param clock turns monotonic nanoseconds into wall-clock time */
    FlowDumps(FlowController controller, AlignedTable.Clock clock) {
        this.controller = controller;
        this.clock = clock;
    }

    public String levels() {
        var table = new AlignedTable(LEVELS);
        controller.levels().forEach((name, level) -> {
            Line.Dump dump = level.line().dump();
            long active = dump.queues().stream()
                    .filter(queue -> !queue.waiting().isEmpty())
                    .count();
            table.row(
                    name,
                    active,
                    level.line().idle(),
                    level.quiescing(),
                    dump.waiting(),
                    dump.executing(),
                    dump.dispatched(),
                    dump.rejected() - dump.timedOut(),
                    dump.timedOut(),
                    dump.cancelled());
        });
        return table.toString();
    }

    public String queues() {
        var table = new AlignedTable(QUEUES);
        controller
                .levels()
                .forEach((name, level) -> level.line()
                        .dump()
                        .queues()
                        .forEach(queue -> table.row(
                                name,
                                queue.index(),
                                queue.waiting().size(),
                                queue.executing().size(),
                                queue.seatsInUse(),
                                seatSeconds(queue.nextDispatch()),
                                queue.initialSeats(),
                                queue.maxSeats(),
                                seatSeconds(queue.work()))));
        return table.toString();
    }

    public String requests(boolean details) {
        List<String> columns = new ArrayList<>(REQUESTS);
        if (details) {
            columns.addAll(DETAILS);
        }
        var table = new AlignedTable(columns);
        controller.levels().forEach((name, level) -> {
            Line.Dump dump = level.line().dump();
            for (Line.QueueDump queue : dump.queues()) {
                int place = 0;
                for (Seat seat : queue.waiting()) {
                    request(table, name, queue.index(), place++, seat, details);
                }
                queue.executing().forEach(seat -> request(table, name, queue.index(), -1, seat, details));
            }
            dump.withoutQueue().forEach(seat -> request(table, name, -1, -1, seat, details));
        });
        return table.toString();
    }

    private void request(AlignedTable table, String level, int queue, int place, Seat seat, boolean details) {
        List<Object> row = new ArrayList<>(List.of(
                level,
                seat.flow.schema().name(),
                queue,
                place,
                seat.distinguisher,
                clock.at(seat.arrived),
                seat.work.initialSeats(),
                seat.work.finalSeats(),
                Duration.ofNanos(seat.work.extraNanos()).toMillis() + "ms",
                seat.started == 0 ? "0001-01-01T00:00:00Z" : clock.at(seat.started)));
        if (details) {
            RequestInfo info = seat.info;
            row.addAll(List.of(
                    seat.user.name(),
                    info.verb(),
                    info.path(),
                    info.namespace(),
                    info.name(),
                    info.groupVersion(),
                    info.resource(),
                    info.subresource()));
        }
        table.row(row.toArray());
    }

    private static String seatSeconds(double value) {
        return String.format(Locale.ROOT, "%.8fss", value);
    }
}
