package io.kubespring.apiserver.flowcontrol;

import static io.kubespring.apiserver.flowcontrol.FlowFixture.PODS;
import static io.kubespring.apiserver.flowcontrol.FlowFixture.schemaOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.UserInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which FlowSchema and level a request belongs to. */
class FlowClassificationTest {

    private final FlowFixture flows = new FlowFixture(600).withBuiltIns();

    @ParameterizedTest
    @CsvSource({
        "admin, system:masters, GET, /api/v1/pods, exempt, exempt",
        "admin, system:masters, POST, /apis/apps/v1/namespaces/a/deployments, exempt, exempt",
        "nobody, system:unauthenticated, GET, /healthz, probes, exempt",
        "nobody, system:unauthenticated, GET, /readyz/ping, probes, exempt",
        "nobody, system:unauthenticated, GET, /readyzz, global-default, global-default",
        "system:node:n1, system:nodes, PATCH, /api/v1/nodes/n1/status, system-node-high, node-high",
        "system:node:n1, system:nodes, PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1,"
                + " system-node-high, node-high",
        "system:node:n1, system:nodes, GET, /api/v1/namespaces/a/secrets/s, system-nodes, system",
        "system:kube-scheduler, none, PUT, /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/s,"
                + " system-leader-election, leader-election",
        "system:kube-scheduler, none, DELETE, /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/s,"
                + " kube-scheduler, workload-high",
        "system:kube-controller-manager, none, GET, /api/v1/pods, kube-controller-manager, workload-high",
        "system:serviceaccount:kube-system:gc, system:serviceaccounts, GET, /api/v1/pods,"
                + " kube-system-service-accounts, workload-high",
        "system:serviceaccount:default:app, system:serviceaccounts, GET, /api/v1/pods, service-accounts, workload-low",
        "system:serviceaccount:kube-systematic:gc, system:serviceaccounts, GET, /api/v1/pods, service-accounts,"
                + " workload-low",
        "jane, none, GET, /api/v1/pods, global-default, global-default",
        "jane, none, GET, /version, global-default, global-default",
    })
    void theFirstMatchDecides(String user, String group, String method, String uri, String schema, String level) {
        Ticket ticket = flows.arrive(UserInfo.of(user, group, UserInfo.AUTHENTICATED_GROUP), method, uri);
        assertThat(schemaOf(ticket)).isEqualTo(schema);
        assertThat(ticket.levelUid()).isEqualTo("uid-of-" + level);
        assertThat(ticket.state()).isEqualTo(Ticket.State.EXECUTING);
    }

    @Test
    void lowerPrecedenceGoesFirstThenTheName() {
        flows.schema("b", 300, "system", "{'kind':'User','user':{'name':'jane'}}");
        flows.schema("a", 300, "workload-low", "{'kind':'User','user':{'name':'jane'}}");
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("a");
        flows.schema("c", 299, "system", "{'kind':'User','user':{'name':'*'}}");
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("c");
    }

    @Test
    void aChangeIsInForceForTheNextRequest() {
        flows.levelFor("jane", 10, FlowFixture.REJECT);
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("jane");
        flows.remove("FlowSchema", "jane");
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("global-default");
    }

    @Test
    void aSchemaWithoutItsLevelIsDanglingAndMatchesNothing() {
        flows.schema("lost", 300, "nowhere", "{'kind':'User','user':{'name':'jane'}}");
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("global-default");
        assertThat(flows.controller.staleConditions().get("lost"))
                .isEqualTo(new DanglingCondition(
                        "True",
                        "NotFound",
                        "This FlowSchema references the PriorityLevelConfiguration object named \"nowhere\" but there"
                                + " is no such object"));
        flows.put(
                "{'kind':'PriorityLevelConfiguration','metadata':{'name':'nowhere'},'spec':{'type':'Limited','limited':{'limitResponse':{'type':'Reject'}}}}");
        assertThat(schemaOf(flows.get("jane"))).isEqualTo("lost");
        assertThat(flows.controller.staleConditions().get("lost"))
                .extracting(DanglingCondition::status, DanglingCondition::reason)
                .containsExactly("False", "Found");
    }

    @Test
    void whatIsMandatoryIsImaginedWhereNobodyMadeIt() {
        var bare = new FlowFixture(600);
        Ticket jane = bare.get("jane");
        assertThat(jane.state()).isEqualTo(Ticket.State.EXECUTING);
        assertThat(jane.schemaUid()).isEmpty();
        assertThat(bare.controller.levels()).containsOnlyKeys("catch-all", "exempt");
        assertThat(bare.arrive(UserInfo.of("root", UserInfo.MASTERS_GROUP), "GET", PODS)
                        .state())
                .isEqualTo(Ticket.State.EXECUTING);
    }

    @Test
    void streamsAreNotLimited() {
        for (String each : new String[] {"log", "exec", "attach", "portforward", "proxy"}) {
            assertThat(flows.arrive("jane", "GET", PODS + "/a/" + each)).isSameAs(Ticket.UNLIMITED);
        }
        assertThat(flows.arrive("jane", "GET", PODS + "?watch=true")).isNotSameAs(Ticket.UNLIMITED);
    }
}
