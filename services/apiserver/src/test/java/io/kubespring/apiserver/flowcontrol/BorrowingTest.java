package io.kubespring.apiserver.flowcontrol;

import static io.kubespring.apiserver.flowcontrol.FlowFixture.queues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seats move to the levels that could use them, every ten seconds, within what each lends and may borrow. */
class BorrowingTest {

    private final FlowFixture flows = new FlowFixture(600).withBuiltIns();

    private Level level(String name) {
        return flows.controller.levels().get(name);
    }

    @Test
    void sharesDivideTheServersSeatsAsUpstreams() {
        assertThat(level("system").limits()).isEqualTo(new SeatLimits(74, 50, 674, 12));
        assertThat(level("workload-low").limits().nominal()).isEqualTo(245);
        assertThat(level("workload-low").limits().lowest()).isEqualTo(24);
        assertThat(level("global-default").limits()).isEqualTo(new SeatLimits(49, 24, 649, 8));
        assertThat(level("leader-election").limits().widest()).isEqualTo(4);
        assertThat(level("exempt").limits().nominal()).isZero();
        assertThat(flows.gauge("apiserver_flowcontrol_nominal_limit_seats", "catch-all"))
                .isEqualTo(13);
    }

    @Test
    void aBusyLevelGetsWhatIdleOnesLend() {
        for (int i = 0; i < 400; i++) {
            flows.get("jane");
        }
        int before = level("global-default").currentSeats();
        flows.time.advance(Duration.ofSeconds(11));
        assertThat(level("global-default").currentSeats()).isGreaterThan(300).isGreaterThan(before);
        assertThat(level("workload-low").currentSeats()).isGreaterThanOrEqualTo(24);
        assertThat(level("leader-election").currentSeats()).isGreaterThanOrEqualTo(25);
        assertThat(flows.gauge("apiserver_flowcontrol_current_limit_seats", "global-default"))
                .isEqualTo(level("global-default").currentSeats());
    }

    @Test
    void whatWaitsIsServedWithBorrowedSeats() {
        int executing = 0;
        Ticket last = Ticket.UNLIMITED;
        for (int i = 0; i < 200; i++) {
            last = flows.get("jane");
            executing += last.state() == Ticket.State.EXECUTING ? 1 : 0;
        }
        assertThat(executing).isLessThan(200);
        assertThat(last.state()).isEqualTo(Ticket.State.WAITING);
        flows.time.advance(Duration.ofSeconds(11));
        assertThat(last.state()).isEqualTo(Ticket.State.EXECUTING);
    }

    @Test
    void aLimitOnBorrowingIsKept() {
        flows.put("{'kind':'PriorityLevelConfiguration','metadata':{'name':'poor'},'spec':{'type':'Limited','limited':"
                + "{'nominalConcurrencyShares':10,'borrowingLimitPercent':50,'limitResponse':" + queues(8, 2, 100)
                + "}}}");
        flows.schema("poor", 300, "poor", "{'kind':'User','user':{'name':'poor'}}");
        for (int i = 0; i < 150; i++) {
            flows.get("poor");
        }
        flows.time.advance(Duration.ofSeconds(11));
        SeatLimits limits = level("poor").limits();
        assertThat(level("poor").currentSeats()).isEqualTo(limits.highest());
        assertThat(limits.highest()).isEqualTo(limits.nominal() + Math.round(limits.nominal() / 2.0));
    }

    @Test
    void aLenderGetsItsOwnBackWhenItNeedsThem() {
        for (int i = 0; i < 400; i++) {
            flows.get("jane");
        }
        flows.time.advance(Duration.ofSeconds(11));
        for (int i = 0; i < 400; i++) {
            flows.arrive(
                    io.kubespring.apiserver.authentication.UserInfo.of(
                            "system:serviceaccount:a:b", "system:serviceaccounts"),
                    "GET",
                    FlowFixture.PODS + "/a");
        }
        flows.time.advance(Duration.ofSeconds(11));
        assertThat(level("workload-low").currentSeats()).isGreaterThanOrEqualTo(240);
    }

    @Test
    void allocationIsTheSameFractionOfEachTargetWithinItsBounds() {
        var demands = List.of(
                new SeatAllocation.Demand(100, 10, 1000),
                new SeatAllocation.Demand(50, 40, 1000),
                new SeatAllocation.Demand(10, 0, 8));
        double fraction = SeatAllocation.fairFraction(100, demands);
        assertThat(demands.stream().mapToDouble(each -> each.at(fraction)).sum())
                .isCloseTo(100, within(1e-6));
        assertThat(demands.get(1).at(fraction)).isEqualTo(40);
        assertThat(demands.get(0).at(fraction) / 100).isCloseTo(demands.get(2).at(fraction) / 10, within(1e-9));
    }

    @Test
    void demandIsAveragedOverTimeAndRemembered() {
        var demand = new SeatDemand(0);
        demand.set(10, 0);
        demand.set(0, 5_000_000_000L);
        demand.close(10_000_000_000L);
        assertThat(demand.highWatermark()).isEqualTo(10);
        assertThat(demand.average()).isCloseTo(5, within(1e-9));
        assertThat(demand.deviation()).isCloseTo(5, within(1e-9));
        assertThat(demand.smoothed()).isCloseTo(10, within(1e-9));
        demand.close(20_000_000_000L);
        assertThat(demand.highWatermark()).isZero();
        assertThat(demand.smoothed()).isCloseTo(9.77, within(1e-9));
    }

    @Test
    void retryAfterGrowsWhileRequestsAreTurnedAwayAndShrinksAfterwards() {
        var wait = new RetryAfter();
        for (int second = 100; second < 160; second++) {
            for (int i = 0; i < 200; i++) {
                wait.dropped(second);
            }
        }
        assertThat(wait.seconds()).isEqualTo(32);
        for (int second = 300; second < 700; second += 40) {
            wait.dropped(second);
        }
        assertThat(wait.seconds()).isLessThan(32);
    }
}
