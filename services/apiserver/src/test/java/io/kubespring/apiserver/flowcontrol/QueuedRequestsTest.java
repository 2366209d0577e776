package io.kubespring.apiserver.flowcontrol;

import static io.kubespring.apiserver.flowcontrol.FlowFixture.PODS;
import static io.kubespring.apiserver.flowcontrol.FlowFixture.queues;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.limits.RequestLimits;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.QueryParameters;
import io.kubespring.apiserver.request.RequestInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Requests on their way through a full level: how long they wait, where they go on, what ends them. */
class QueuedRequestsTest {

    private final FlowFixture flows = new FlowFixture(1_000).withBuiltIns();
    private final List<String> told = new ArrayList<>();
    private final RequestLimits limits =
            new RequestLimits(flows.controller, Duration.ofSeconds(60), flows.time, new RequestLimits.Observer() {
                @Override
                public void terminated(RequestInfo info, int code) {
                    told.add("ended " + code);
                }

                @Override
                public void waits(RequestInfo info, boolean begins) {
                    told.add(begins ? "waits" : "waits no more");
                }
            });
    private final List<Runnable> continuations = new ArrayList<>();
    private final List<Ticket> executing = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void fillTheLevel() {
        flows.levelFor("jane", 1, queues(4, 1, 50));
        flows.put("{'kind':'PriorityLevelConfiguration','metadata':{'name':'jane'},'spec':{'type':'Limited','limited':"
                + "{'nominalConcurrencyShares':1,'borrowingLimitPercent':0,'limitResponse':" + queues(4, 1, 50)
                + "}}}");
        Ticket next = flows.get("jane");
        while (next.state() == Ticket.State.EXECUTING) {
            executing.add(next);
            next = flows.get("jane");
        }
        next.finish();
    }

    private Disposable send(String uri) {
        int question = uri.indexOf('?');
        return limits.admit(
                        FlowFixture.info("GET", uri),
                        QueryParameters.parse(question < 0 ? null : uri.substring(question + 1)),
                        UserInfo.of("jane", UserInfo.AUTHENTICATED_GROUP),
                        new RequestLimits.Request<String>() {
                            @Override
                            public Mono<String> execute(Ticket ticket) {
                                executing.add(ticket);
                                return Mono.just("executed");
                            }

                            @Override
                            public Mono<String> refuse(ApiResponse answer) {
                                return Mono.just("refused " + answer.status());
                            }

                            @Override
                            public Executor continuation() {
                                return continuations::add;
                            }
                        })
                .subscribe(answers::add, failure -> answers.add(String.valueOf(failure.getMessage())));
    }

    private void goOn() {
        List<Runnable> now = List.copyOf(continuations);
        continuations.clear();
        now.forEach(Runnable::run);
    }

    @Test
    void aRequestGoesOnWhereItCameFrom() {
        send(PODS + "/a");
        assertThat(told).containsExactly("waits");
        executing.getFirst().finish();
        assertThat(answers).isEmpty();
        assertThat(continuations).hasSize(1);
        goOn();
        assertThat(answers).containsExactly("executed");
        assertThat(told).containsExactly("waits", "waits no more");
    }

    @Test
    void itWaitsForAQuarterOfItsTimeAtMost() {
        send(PODS + "/a");
        send(PODS + "/b?timeout=20s");
        flows.time.advance(Duration.ofSeconds(6));
        goOn();
        assertThat(answers).containsExactly("refused 429");
        flows.time.advance(Duration.ofSeconds(10));
        goOn();
        assertThat(answers).containsExactly("refused 429", "refused 429");
        assertThat(told).contains("ended 429");
    }

    @Test
    void aClientThatLeavesFreesItsPlaceInTheQueue() {
        send(PODS + "/a").dispose();
        send(PODS + "/b");
        executing.getFirst().finish();
        goOn();
        assertThat(answers).containsExactly("executed");
        assertThat(flows.gauge("apiserver_flowcontrol_current_inqueue_requests", "jane"))
                .isZero();
    }

    @Test
    void aWatchHoldsItsSeatUntilItHasSentWhatItStartsWith() {
        executing.forEach(Ticket::finish);
        executing.clear();
        send("/api/v1/pods?watch=true");
        assertThat(flows.gauge("apiserver_flowcontrol_current_executing_seats", "jane"))
                .isEqualTo(1);
        executing.getFirst().finish();
        assertThat(flows.gauge("apiserver_flowcontrol_current_executing_seats", "jane"))
                .isZero();
    }
}
