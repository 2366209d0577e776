package io.kubespring.kinds.validation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a controller may do to a Job that exists: to its status, and to the template of one that is suspended. */
class JobStatusTest {

    private static final String SPEC =
            "'manualSelector':true,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                    + "{'labels':{'a':'b'}},'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}}";
    private static final String START = "'startTime':'2026-01-01T00:00:00Z'";

    private static RefusalTable job(String spec, String status) {
        return new RefusalTable("batch/v1", "Job", "{'spec':{" + spec + SPEC + "},'status':{" + status + "}}");
    }

    private static String isTrue(String type) {
        return "{'type':'" + type + "','status':'True'}";
    }

    @TestFactory
    Stream<DynamicTest> aRunningJob() {
        return job("", START + ",'active':1,'failed':2,'succeeded':1").update("status", """
            /status/active = 2 && /status/ready = 1 => fine
            /status/ready = 2 => status.ready: Invalid value: 2: cannot set more ready pods than active
            /status/failed = 1 => status.failed: Invalid value: 1: cannot decrease the failed counter
            /status/succeeded = 0 => status.succeeded: Invalid value: 0: cannot decrease the succeeded counter
            /status/startTime = null => status.startTime: Required value: startTime cannot be removed for unsuspended job
            /status/completionTime = "2026-01-01T00:00:01Z" =>
                status.completionTime: Invalid value: "2026-01-01T00:00:01Z": cannot set completionTime when there is no Complete=True condition
            /status/uncountedTerminatedPods = {"succeeded":["x",""],"failed":["x"]} =>
                status.uncountedTerminatedPods.succeeded[1]: Invalid value: "": must not be empty |
                status.uncountedTerminatedPods.failed[0]: Duplicate value: "x"
            /status/completedIndexes = "1" => status.completedIndexes: Invalid value: "1": error parsing completedIndexes: too large index: "1" |
                status.completedIndexes: Invalid value: "1": cannot set non-empty completedIndexes when non-indexed completion mode
            /status/failedIndexes = "0" =>
                status.failedIndexes: Invalid value: "0": cannot set non-null failedIndexes when backoffLimitPerIndex is null
            """);
    }

    @TestFactory
    Stream<DynamicTest> aJobEnds() {
        return job("", START + ",'active':1")
                .update(
                        "status",
                        ("""
                        /status/conditions = [$CRITERIA,$COMPLETE] && /status/active = 0 && /status/completionTime = "2026-01-01T00:00:01Z" => fine
                        /status/conditions = [$TARGET,$FAILED] && /status/active = 0 => fine
                        /status/conditions = [$COMPLETE] =>
                            status.completionTime: Required value: completionTime is required for Complete jobs |
                            status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition |
                            status.active: Invalid value: 1: active>0 is invalid for finished job
                        /status/conditions = [$FAILED] && /status/active = 0 =>
                            status.conditions: Invalid value: cannot set Failed=True condition without the FailureTarget=true condition
                        /status/conditions = [$TARGET,$FAILED] && /status/active = 0 && /status/terminating = 1 =>
                            status.terminating: Invalid value: 1: terminating>0 is invalid for finished job
                        /status/conditions = [$CRITERIA,$TARGET] =>
                            status.conditions: Invalid value: cannot set SuccessCriteriaMet=True and FailureTarget=true conditions
                        /status/conditions = [$CRITERIA,$COMPLETE] && /status/active = 0 && /status/completionTime = "2025-01-01T00:00:00Z" =>
                            status.completionTime: Invalid value: "2025-01-01T00:00:00Z": must be equal to or after `startTime`
                        /status/conditions = [$TARGET,$FAILED] && /status/active = 0 && /status/uncountedTerminatedPods = {"failed":["x"]} =>
                            status.uncountedTerminatedPods: Invalid value: {"failed":["x"]}: must be empty for finished job
                        """)
                                .replace(
                                        "$CRITERIA",
                                        isTrue("SuccessCriteriaMet").replace('\'', '"'))
                                .replace("$COMPLETE", isTrue("Complete").replace('\'', '"'))
                                .replace("$TARGET", isTrue("FailureTarget").replace('\'', '"'))
                                .replace("$FAILED", isTrue("Failed").replace('\'', '"')));
    }

    @TestFactory
    Stream<DynamicTest> anEndIsAnEnd() {
        String ended = START + ",'completionTime':'2026-01-01T00:01:00Z','conditions':[" + isTrue("SuccessCriteriaMet")
                + "," + isTrue("Complete") + "]";
        return job("", ended).update("status", """
            /status/conditions/1/status = "False" =>
                status.completionTime: Invalid value: "2026-01-01T00:01:00Z": cannot set completionTime when there is no Complete=True condition |
                status.conditions: Invalid value: cannot disable the terminal Complete=True condition
            /status/completionTime = "2026-01-01T00:02:00Z" => status.completionTime: Invalid value: "2026-01-01T00:02:00Z": field is immutable
            /status/conditions/0/status = "False" =>
                status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition |
                status.conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition
            """);
    }

    @TestFactory
    Stream<DynamicTest> indexesOfAnIndexedJob() {
        return job("'completionMode':'Indexed','completions':5,'parallelism':5,'backoffLimitPerIndex':1,", START)
                .update("status", """
                    /status/completedIndexes = "0-2" && /status/failedIndexes = "3" => fine
                    /status/completedIndexes = "0-2" && /status/failedIndexes = "2-3" =>
                        status.failedIndexes: Invalid value: "2-3": failedIndexes and completedIndexes overlap at index: 2
                    /status/failedIndexes = "3,2" =>
                        status.failedIndexes: Invalid value: "3,2": error parsing failedIndexes: non-increasing order, previous: 3, current: 2
                    """);
    }

    @TestFactory
    Stream<DynamicTest> theTemplateOfARunningJobIsFixed() {
        return job("'suspend':true,", START).update("""
            /spec/template/spec/containers/0/image = "c" => spec.template: Invalid value: $TEMPLATE: field is immutable
            """.replace(
                        "$TEMPLATE",
                        "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"restartPolicy\":\"Never\",\"containers\":"
                                + "[{\"name\":\"a\",\"image\":\"c\",\"imagePullPolicy\":\"Always\",\"terminationMessagePath\":"
                                + "\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\",\"resources\":{}}],"
                                + "\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},\"terminationGracePeriodSeconds\":30,"
                                + "\"schedulerName\":\"default-scheduler\"}}"));
    }

    @TestFactory
    Stream<DynamicTest> aQueueSaysWhereASuspendedJobGoesAndWhatItGets() {
        String table = """
            /spec/template/spec/nodeSelector = {"zone":"a"} && /spec/template/metadata/annotations = {"x":"y"} => fine
            /spec/template/metadata/labels/c = "d" && /spec/template/spec/tolerations = [{"operator":"Exists"}] => fine
            /spec/template/spec/affinity = {"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"preference":{"matchExpressions":[{"key":"a","operator":"Exists"}]}}]}} => fine
            /spec/template/spec/containers/0/resources = {"requests":{"cpu":"1"}} && /spec/suspend = false => fine
            """;
        return Stream.of(
                        job("'suspend':true,", ""),
                        job("'suspend':true,", START + ",'conditions':[" + isTrue("Suspended") + "]"))
                .flatMap(each -> each.update(table));
    }

    @TestFactory
    Stream<DynamicTest> butNotWhatItRuns() {
        return job("'suspend':true,", "").update("""
            /spec/template/spec/terminationGracePeriodSeconds = 3 && /spec/template/spec/nodeSelector = {"zone":"a"} =>
                spec.template.spec: Invalid value: $SPEC: field is immutable
            """.replace(
                        "$SPEC",
                        "{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"a\",\"image\":\"b\",\"imagePullPolicy\":"
                                + "\"Always\",\"terminationMessagePath\":\"/dev/termination-log\",\"terminationMessagePolicy\":\"File\","
                                + "\"resources\":{}}],\"dnsPolicy\":\"ClusterFirst\",\"securityContext\":{},"
                                + "\"terminationGracePeriodSeconds\":3,\"schedulerName\":\"default-scheduler\","
                                + "\"nodeSelector\":{\"zone\":\"a\"}}"));
    }
}
