package io.kubespring.apimachinery.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PodColumnsTest {

    @Test
    void hasUpstreamsColumns() {
        assertThat(Rows.header("v1", "Pod"))
                .isEqualTo("Name | Ready | Status | Restarts | Age | IP* | Node* | Nominated Node* | Readiness Gates*");
    }

    @Test
    void aRunningPod() {
        assertThat(Rows.cells("v1", "Pod", """
            {"metadata": {"name": "web", "creationTimestamp": "2026-01-01T23:54:30Z"},
             "spec": {"nodeName": "n1", "containers": [{"name": "a"}, {"name": "b"}],
                      "readinessGates": [{"conditionType": "x"}, {"conditionType": "y"}]},
             "status": {"phase": "Running", "podIP": "10.0.0.1", "podIPs": [{"ip": "10.0.0.1"}],
                        "conditions": [{"type": "Ready", "status": "True"}, {"type": "x", "status": "True"}],
                        "containerStatuses": [
                          {"name": "a", "ready": true, "restartCount": 2, "state": {"running": {}},
                           "lastState": {"terminated": {"finishedAt": "2026-01-01T23:55:00Z"}}},
                          {"name": "b", "ready": false, "restartCount": 1, "state": {"running": {}},
                           "lastState": {"terminated": {"finishedAt": "2026-01-01T23:50:00Z"}}}]}}\
            """))
                .isEqualTo("web | 1/2 | Running | 3 (5m ago) | 5m30s | 10.0.0.1 | n1 | <none> | 1/2");
    }

    @Test
    void aPendingPod() {
        assertThat(Rows.cells("v1", "Pod", """
            {"metadata": {"name": "web"}, "spec": {"containers": [{"name": "a"}]}, "status": {"phase": "Pending"}}\
            """))
                .isEqualTo("web | 0/1 | Pending | 0 | <unknown> | <none> | <none> | <none> | <none>");
    }

    @Test
    void saysWhyContainersWaitOrEnded() {
        assertThat(status(container("\"waiting\": {\"reason\": \"CrashLoopBackOff\"}")))
                .isEqualTo("CrashLoopBackOff");
        assertThat(status(container("\"terminated\": {\"reason\": \"Error\", \"exitCode\": 1}")))
                .isEqualTo("Error");
        assertThat(status(container("\"terminated\": {\"exitCode\": 3}"))).isEqualTo("ExitCode:3");
        assertThat(status(container("\"terminated\": {\"signal\": 9, \"exitCode\": 137}")))
                .isEqualTo("Signal:9");
    }

    @Test
    void aCompletedContainerBesideARunningOne() {
        String statuses = """
            {"name": "a", "state": {"terminated": {"reason": "Completed", "exitCode": 0}}},
            {"name": "b", "ready": true, "state": {"running": {}}}\
            """;
        assertThat(status("{\"phase\": \"Running\", \"containerStatuses\": [" + statuses + "]}"))
                .isEqualTo("NotReady");
        assertThat(status("{\"phase\": \"Running\", \"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}],"
                        + " \"containerStatuses\": [" + statuses + "]}"))
                .isEqualTo("Running");
    }

    @Test
    void initContainersComeFirst() {
        assertThat(status(init("\"running\": {}"))).isEqualTo("Init:0/2");
        assertThat(status(init("\"waiting\": {\"reason\": \"PodInitializing\"}")))
                .isEqualTo("Init:0/2");
        assertThat(status(init("\"waiting\": {\"reason\": \"ImagePullBackOff\"}")))
                .isEqualTo("Init:ImagePullBackOff");
        assertThat(status(init("\"terminated\": {\"exitCode\": 2}"))).isEqualTo("Init:ExitCode:2");
        assertThat(status(init("\"terminated\": {\"exitCode\": 1, \"reason\": \"Error\"}")))
                .isEqualTo("Init:Error");
        assertThat(status(init("\"terminated\": {\"exitCode\": 0, \"reason\": \"Completed\"}")))
                .isEqualTo("Init:1/2");
    }

    @Test
    void aStartedSidecarCountsAsAContainer() {
        assertThat(Rows.cells("v1", "Pod", """
            {"metadata": {"name": "web"},
             "spec": {"initContainers": [{"name": "s", "restartPolicy": "Always"}], "containers": [{"name": "a"}]},
             "status": {"phase": "Running",
               "initContainerStatuses": [{"name": "s", "started": true, "ready": true, "restartCount": 1,
                                          "state": {"running": {}}}],
               "containerStatuses": [{"name": "a", "ready": true, "state": {"running": {}}}]}}\
            """)).startsWith("web |" + " 2/2 |" + " Running" + " | 1 |");
    }

    @Test
    void deletionShowsUntilThePodHasEnded() {
        String deleted =
                "{\"metadata\": {\"name\": \"a\", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"}, \"status\": %s}";
        assertThat(Rows.cells("v1", "Pod", deleted.formatted("{\"phase\": \"Running\"}")))
                .contains("| Terminating |");
        assertThat(Rows.cells("v1", "Pod", deleted.formatted("{\"phase\": \"Succeeded\"}")))
                .contains("| Succeeded |");
        assertThat(Rows.cells("v1", "Pod", deleted.formatted("{\"phase\": \"Running\", \"reason\": \"NodeLost\"}")))
                .contains("| Unknown |");
    }

    @Test
    void evictionAndGatesReplaceThePhase() {
        assertThat(status("{\"phase\": \"Failed\", \"reason\": \"Evicted\"}")).isEqualTo("Evicted");
        assertThat(status(
                        "{\"phase\": \"Pending\", \"conditions\": [{\"type\": \"PodScheduled\", \"status\": \"False\","
                                + " \"reason\": \"SchedulingGated\"}]}"))
                .isEqualTo("SchedulingGated");
    }

    @Test
    void anEndedPodsRowSaysSo() {
        assertThat(Rows.table("v1", "Pod", "{\"status\": {\"phase\": \"Succeeded\"}}", TableOptions.DEFAULT)
                        .at("/rows/0/conditions/0/reason")
                        .asString())
                .isEqualTo("Succeeded");
    }

    private static String container(String state) {
        return "{\"phase\": \"Running\", \"containerStatuses\": [{\"name\": \"a\", \"state\": {" + state + "}}]}";
    }

    private static String init(String state) {
        return "{\"phase\": \"Pending\", \"initContainerStatuses\": [{\"name\": \"i\", \"state\": {" + state + "}},"
                + " {\"name\": \"j\", \"state\": {\"waiting\": {\"reason\": \"PodInitializing\"}}}]}";
    }

    private static String status(String status) {
        return Rows.cells(
                        "v1",
                        "Pod",
                        "{\"metadata\": {\"name\": \"p\"}, \"spec\": {\"initContainers\": [{\"name\": \"i\"},"
                                + " {\"name\": \"j\"}], \"containers\": [{\"name\": \"a\"}]}, \"status\": "
                                + status + "}")
                .split(" \\| ")[2];
    }
}
