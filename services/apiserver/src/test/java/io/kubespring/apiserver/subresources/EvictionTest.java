package io.kubespring.apiserver.subresources;

import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** pods/eviction, as the disruption budgets of a Pod allow it. */
class EvictionTest {

    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void budget(String name, String spec, String status) {
        server.post(
                BUDGETS,
                "{'metadata':{'name':'" + name + "'},'spec':{'selector':{'matchLabels':{'app':'a'}},'minAvailable':1"
                        + spec + "}}");
        server.patch(BUDGETS + "/" + name + "/status", "merge", "{'status':{'observedGeneration':1," + status + "}}");
    }

    private void pod(String name, String phase, boolean ready) {
        server.post(
                PODS,
                "{'metadata':{'name':'" + name
                        + "','labels':{'app':'a'}},'spec':{'containers':[{'name':'c','image':'i'}]}}");
        server.patch(
                PODS + "/" + name + "/status",
                "merge",
                "{'status':{'phase':'" + phase + "','conditions':[{'type':'Ready','status':'"
                        + (ready ? "True" : "False") + "'}]}}");
    }

    private Reply evict(String pod, String query, String options) {
        return server.post(
                PODS + "/" + pod + "/eviction" + query,
                "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'" + pod + "'}" + options + "}");
    }

    private Reply evict(String pod) {
        return evict(pod, "", "");
    }

    @Test
    void theLastDisruptionIsTakenAndTold() {
        budget("b", "", "'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1,'expectedPods':2");
        pod("p", "Running", true);
        var reply = evict("p");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.at("/status").asString()).isEqualTo("Success");
        assertThat(server.get(PODS + "/p").status()).isEqualTo(404);
        var status = server.get(BUDGETS + "/b").at("/status");
        assertThat(status.path("disruptionsAllowed").asInt(-1)).isZero();
        assertThat(status.path("disruptedPods").propertyNames()).containsExactly("p");
        assertThat(status.at("/conditions/0/type").asString()).isEqualTo("DisruptionAllowed");
        assertThat(status.at("/conditions/0/status").asString()).isEqualTo("False");
        assertThat(status.at("/conditions/0/reason").asString()).isEqualTo("InsufficientPods");
    }

    @Test
    void noneLeftIsTooManyRequests() {
        budget("b", "", "'disruptionsAllowed':0,'currentHealthy':1,'desiredHealthy':1,'expectedPods':1");
        pod("p", "Running", true);
        var reply = evict("p");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.at("/reason").asString()).isEqualTo("TooManyRequests");
        assertThat(reply.message()).isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(reply.at("/details/causes/0/reason").asString()).isEqualTo("DisruptionBudget");
        assertThat(reply.at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget b needs 1 healthy pods and has 1 currently");
        assertThat(server.get(PODS + "/p").status()).isEqualTo(200);
    }

    @Test
    void aBudgetThatCouldNotBeComputedSaysWhy() {
        budget(
                "b",
                "",
                "'disruptionsAllowed':0,'currentHealthy':0,'desiredHealthy':0,'expectedPods':0,'conditions':[{"
                        + "'type':'DisruptionAllowed','status':'False','reason':'SyncFailed','message':'no owner',"
                        + "'lastTransitionTime':'2026-01-01T00:00:00Z'}]");
        pod("p", "Running", true);
        assertThat(evict("p").at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget b does not allow evicting pods currently because it failed sync: no "
                        + "owner");
    }

    @Test
    void aBudgetThatIsNotSeenYetIsAskedAgainLater() {
        server.post(
                BUDGETS, "{'metadata':{'name':'b'},'spec':{'selector':{'matchLabels':{'app':'a'}},'minAvailable':1}}");
        pod("p", "Running", true);
        var reply = evict("p");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.at("/details/retryAfterSeconds").asInt()).isEqualTo(10);
        assertThat(reply.at("/details/causes/0/message").asString())
                .isEqualTo("The disruption budget b is still being processed by the server.");
        assertThat(reply.headers().get("Retry-After")).containsExactly("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Succeeded", "Failed"})
    void podsThatRunNothingAreNotGuarded(String phase) {
        budget("b", "", "'disruptionsAllowed':0,'currentHealthy':0,'desiredHealthy':1,'expectedPods':1");
        pod("p", phase, false);
        assertThat(evict("p").status()).isEqualTo(201);
        assertThat(server.get(PODS + "/p").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        // policy, current, desired, answer
        "IfHealthyBudget, 1, 1, 201",
        "IfHealthyBudget, 0, 1, 429",
        "AlwaysAllow, 0, 1, 201",
        "'', 0, 1, 429",
        "'', 1, 1, 201",
        "'', 0, 0, 429",
    })
    void podsThatAreNotReadyGoByThePolicyForUnhealthyOnes(String policy, int current, int desired, int answer) {
        String spec = policy.isEmpty() ? "" : ",'unhealthyPodEvictionPolicy':'" + policy + "'";
        budget(
                "b",
                spec,
                "'disruptionsAllowed':0,'currentHealthy':" + current + ",'desiredHealthy':" + desired
                        + ",'expectedPods':1");
        pod("p", "Running", false);
        assertThat(evict("p").status()).isEqualTo(answer);
        assertThat(server.get(BUDGETS + "/b").at("/status").has("disruptedPods"))
                .isFalse();
    }

    @Test
    void twoBudgetsAreOneTooMany() {
        budget("b", "", "'disruptionsAllowed':1,'currentHealthy':1,'desiredHealthy':0,'expectedPods':1");
        budget("c", "", "'disruptionsAllowed':1,'currentHealthy':1,'desiredHealthy':0,'expectedPods':1");
        pod("p", "Running", true);
        var reply = evict("p");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message())
                .isEqualTo("This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
                        + "support.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"?dryRun=All | ''", "'' | ,'deleteOptions':{'dryRun':['All']}"},
            quoteCharacter = '`')
    void aDryRunSpendsNothing(String query, String options) {
        budget("b", "", "'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1,'expectedPods':2");
        pod("p", "Running", true);
        assertThat(evict("p", query.replace("''", ""), options.replace("''", ""))
                        .status())
                .isEqualTo(201);
        assertThat(server.get(PODS + "/p").status()).isEqualTo(200);
        assertThat(server.get(BUDGETS + "/b").at("/status/disruptionsAllowed").asInt())
                .isEqualTo(1);
    }

    @Test
    void deleteOptionsAreHonoured() {
        pod("p", "Running", true);
        var conflict = evict("p", "", ",'deleteOptions':{'preconditions':{'uid':'x'}}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.message()).contains("the UID in the precondition (x) does not match");
        assertThat(server.get(PODS + "/p").status()).isEqualTo(200);
    }

    @Test
    void theNameIsSaidTwice() {
        var reply = server.post(PODS + "/p/eviction", "{'metadata':{'name':'q'}}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo("name in URL does not match name in Eviction object");
        assertThat(evict("missing").message()).isEqualTo("pods \"missing\" not found");
    }
}
