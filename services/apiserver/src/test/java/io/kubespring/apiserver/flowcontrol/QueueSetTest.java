package io.kubespring.apiserver.flowcontrol;

import static io.kubespring.apiserver.flowcontrol.FlowFixture.PODS;
import static io.kubespring.apiserver.flowcontrol.FlowFixture.queues;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.flowcontrol.Ticket.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who executes, who waits and who is turned away, in which order. Levels share 1,000 seats, and lend none. */
class QueueSetTest {

    private final FlowFixture flows = new FlowFixture(1_000).withBuiltIns();

    /** So many that the others' hardly count: the level has that many seats and one or two more. */
    private static final int SEATS_OF_FOUR = 1;

    private int seats(String level) {
        return flows.controller.levels().get(level).currentSeats();
    }

    private List<Ticket> fill(String user, String level) {
        List<Ticket> executing = new ArrayList<>();
        while (true) {
            Ticket next = flows.get(user);
            if (next.state() != State.EXECUTING) {
                next.finish();
                return executing;
            }
            executing.add(next);
        }
    }

    @Test
    void aLevelThatRejectsDoesSoAtItsLimit() {
        flows.levelFor("jane", SEATS_OF_FOUR, FlowFixture.REJECT);
        List<Ticket> executing = fill("jane", "jane");
        assertThat(executing).hasSize(seats("jane"));
        assertThat(flows.get("jane").state()).isEqualTo(State.REJECTED);
        executing.getFirst().finish();
        executing.getFirst().finish();
        assertThat(flows.get("jane").state()).isEqualTo(State.EXECUTING);
        assertThat(flows.get("jane").state()).isEqualTo(State.REJECTED);
    }

    @Test
    void oneFlowWaitsInTheOrderOfArrival() {
        flows.levelFor("jane", SEATS_OF_FOUR, queues(1, 1, 50));
        List<Ticket> executing = fill("jane", "jane");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Ticket ticket = flows.get("jane");
            assertThat(ticket.state()).isEqualTo(State.WAITING);
            ticket.whenDecided(() -> order.add(number));
        }
        executing.forEach(Ticket::finish);
        assertThat(order).startsWith(0, 1, 2, 3);
    }

    @Test
    void aFullQueueTurnsAwayAndSaysHowLong() {
        flows.levelFor("jane", SEATS_OF_FOUR, queues(1, 1, 3));
        fill("jane", "jane");
        for (int i = 0; i < 3; i++) {
            assertThat(flows.get("jane").state()).isEqualTo(State.WAITING);
        }
        Ticket rejected = flows.get("jane");
        assertThat(rejected.state()).isEqualTo(State.REJECTED);
        assertThat(rejected.retryAfterSeconds()).isEqualTo(1);
        assertThat(flows.metrics
                        .get("apiserver_flowcontrol_rejected_requests_total")
                        .tag("reason", "queue-full")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aClientThatLeavesLeavesTheQueue() {
        flows.levelFor("jane", SEATS_OF_FOUR, queues(1, 1, 2));
        List<Ticket> executing = fill("jane", "jane");
        Ticket first = flows.get("jane");
        Ticket second = flows.get("jane");
        first.finish();
        executing.getFirst().finish();
        assertThat(first.state()).isEqualTo(State.FINISHED);
        assertThat(second.state()).isEqualTo(State.EXECUTING);
    }

    @Test
    void whoHasWaitedTooLongIsTurnedAway() {
        flows.levelFor("jane", SEATS_OF_FOUR, queues(1, 1, 2));
        List<Ticket> executing = fill("jane", "jane");
        Ticket waiting = flows.get("jane");
        var decided = new ArrayList<State>();
        waiting.whenDecided(() -> decided.add(waiting.state()));
        flows.controller.timeOut(executing.getFirst());
        flows.controller.timeOut(waiting);
        assertThat(decided).containsExactly(State.REJECTED);
        assertThat(executing.getFirst().state()).isEqualTo(State.EXECUTING);
    }

    /** The point of it all: one client's flood does not hold up another's few. */
    @Test
    void aFloodWaitsBehindItselfAndOthersPassIt() {
        flows.levelFor("flood", 2, queues(128, 6, 50));
        flows.schema("calm", 400, "flood", "{'kind':'User','user':{'name':'calm'}}");
        ArrayDeque<Ticket> executing = new ArrayDeque<>(fill("flood", "flood"));
        for (int i = 0; i < 250; i++) {
            Ticket waiting = flows.get("flood");
            waiting.whenDecided(() -> {
                if (waiting.state() == State.EXECUTING) {
                    executing.add(waiting);
                }
            });
        }
        Ticket calm = flows.get("calm");
        assertThat(calm.state()).isEqualTo(State.WAITING);
        int served = 0;
        while (calm.state() == State.WAITING) {
            flows.time.advance(Duration.ofMillis(5));
            executing.remove().finish();
            served++;
        }
        // At most one request of each of the flood's six queues goes before it.
        assertThat(served).isLessThanOrEqualTo(7);
    }

    /** Three seats a list, one a GET: who asks for lists gets a third as many requests served. */
    @Test
    void flowsGetEqualSeatTimeNotEqualNumbersOfRequests() {
        flows.counts.put("pods", 300);
        flows.levelFor("lists", 20, queues(64, 1, 500));
        flows.schema("gets", 400, "lists", "{'kind':'User','user':{'name':'gets'}}");
        List<Ticket> blockers = fill("gets", "lists");
        int[] served = new int[2];
        ArrayDeque<Ticket> executing = new ArrayDeque<>();
        for (int i = 0; i < 200; i++) {
            queueUp(flows.arrive("lists", "GET", PODS), served, 0, executing);
            queueUp(flows.get("gets"), served, 1, executing);
        }
        blockers.forEach(Ticket::finish);
        for (int i = 0; i < 3_000; i++) {
            Ticket done = executing.remove();
            long age = flows.time.nanoTime() - ((Seat) done).started;
            flows.time.advance(Duration.ofMillis(4).minusNanos(age));
            done.finish();
            if (((Seat) done).work.maxSeats() > 1) {
                queueUp(flows.arrive("lists", "GET", PODS), served, 0, executing);
            } else {
                queueUp(flows.get("gets"), served, 1, executing);
            }
        }
        assertThat(served[1] / (double) served[0]).isBetween(2.4, 3.6);
    }

    private static void queueUp(Ticket ticket, int[] served, int who, ArrayDeque<Ticket> executing) {
        ticket.whenDecided(() -> {
            served[who]++;
            executing.add(ticket);
        });
    }

    @Test
    void aListTakesASeatForEveryHundredObjectsUpToWhatItsLevelAllows() {
        flows.levelFor("jane", 100, queues(16, 4, 50));
        flows.counts.put("pods", 250);
        assertThat(seatsTaken("GET", PODS)).isEqualTo(3);
        assertThat(seatsTaken("GET", PODS + "?limit=100")).isEqualTo(1);
        assertThat(seatsTaken("GET", PODS + "?limit=100&labelSelector=a")).isEqualTo(3);
        assertThat(seatsTaken("GET", PODS + "?fieldSelector=metadata.name=a")).isEqualTo(1);
        assertThat(seatsTaken("GET", PODS + "?watch=true")).isEqualTo(3);
        assertThat(seatsTaken("GET", PODS + "?watch=true&resourceVersion=5")).isEqualTo(1);
        assertThat(seatsTaken("GET", PODS + "?watch=true&resourceVersion=5&sendInitialEvents=true"))
                .isEqualTo(3);
        flows.counts.put("pods", 1_000_000);
        assertThat(seatsTaken("GET", PODS)).isEqualTo(10);
    }

    private int seatsTaken(String method, String uri) {
        Ticket ticket = flows.arrive("jane", method, uri);
        int seats = ((Seat) ticket).work.maxSeats();
        ticket.finish();
        return seats;
    }

    @Test
    void aWriteKeepsSeatsForAWhileWhereManyWatch() {
        flows.levelFor("jane", 100, FlowFixture.REJECT);
        var watches = new ArrayList<Runnable>();
        var info = FlowFixture.info("GET", PODS + "?watch=true");
        for (int i = 0; i < 45; i++) {
            watches.add(flows.controller.watchBegins(info, io.kubespring.apiserver.request.QueryParameters.EMPTY));
        }
        Ticket write = flows.arrive("jane", "POST", PODS);
        assertThat(((Seat) write).work).isEqualTo(new Work(1, 5, 100_000, false));
        write.finish();
        assertThat(executingSeats("jane")).isEqualTo(5);
        flows.time.advance(Duration.ofMillis(1));
        assertThat(executingSeats("jane")).isZero();
        watches.forEach(Runnable::run);
        assertThat(((Seat) flows.arrive("jane", "POST", PODS)).work).isEqualTo(Work.ONE);
    }

    private double executingSeats(String level) {
        return flows.gauge("apiserver_flowcontrol_current_executing_seats", level);
    }

    /** What a machine with few processors needs: seats alone would let dozens of these run at once. */
    @Test
    void longListsAreServedFewAtOnceAndOthersPassThem() {
        flows.counts.put("pods", 5_000);
        List<Ticket> lists = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            lists.add(flows.arrive("flood", "GET", PODS));
        }
        assertThat(lists.stream().filter(each -> each.state() == State.EXECUTING))
                .hasSize(FlowFixture.WIDE_AT_ONCE);
        assertThat(flows.get("jane").state()).isEqualTo(State.EXECUTING);
        assertThat(flows.arrive("jane", "POST", PODS).state()).isEqualTo(State.EXECUTING);
        assertThat(flows.arrive("jane", "GET", PODS + "?limit=500").state()).isEqualTo(State.EXECUTING);
        lists.getFirst().finish();
        assertThat(lists.stream().filter(each -> each.state() == State.EXECUTING))
                .hasSize(FlowFixture.WIDE_AT_ONCE);
    }

    @Test
    void aListThatIsReadSlowlyHoldsUpNoOther() {
        flows.counts.put("pods", 5_000);
        for (int i = 0; i < FlowFixture.WIDE_AT_ONCE; i++) {
            flows.arrive("slow", "GET", PODS);
        }
        Ticket other = flows.arrive("jane", "GET", PODS);
        assertThat(other.state()).isEqualTo(State.WAITING);
        flows.time.advance(Duration.ofSeconds(1));
        assertThat(other.state()).isEqualTo(State.EXECUTING);
    }

    @Test
    void exemptRequestsNeverWait() {
        UserInfo admin = UserInfo.of("admin", UserInfo.MASTERS_GROUP);
        List<Ticket> all = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Ticket ticket = flows.arrive(admin, "POST", PODS);
            assertThat(ticket.state()).isEqualTo(State.EXECUTING);
            all.add(ticket);
        }
        assertThat(executingSeats("exempt")).isEqualTo(3_000);
        all.forEach(Ticket::finish);
        all.forEach(Ticket::finish);
        assertThat(executingSeats("exempt")).isZero();
    }

    @Test
    void whatWaitsSurvivesAChangeOfItsLevelAndADeletedLevelStaysUntilItIsEmpty() {
        flows.levelFor("jane", SEATS_OF_FOUR, queues(8, 2, 50));
        List<Ticket> executing = fill("jane", "jane");
        Ticket waiting = flows.get("jane");
        flows.levelFor("jane", 10, queues(1, 1, 50));
        flows.get("jane");
        assertThat(waiting.state()).isEqualTo(State.EXECUTING);
        flows.remove("PriorityLevelConfiguration", "jane");
        assertThat(flows.controller.levels()).containsKey("jane");
        assertThat(flows.controller.levels().get("jane").quiescing()).isTrue();
        assertThat(FlowFixture.schemaOf(flows.get("jane"))).isEqualTo("global-default");
        executing.forEach(Ticket::finish);
        waiting.finish();
        flows.controller.levels().get("jane").line().dump().queues().stream()
                .flatMap(queue -> queue.executing().stream())
                .toList()
                .forEach(Ticket::finish);
        flows.time.advance(Duration.ofSeconds(10));
        assertThat(flows.controller.levels()).doesNotContainKey("jane");
    }
}
