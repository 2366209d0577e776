package io.kubespring.kinds.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class WorkloadValidationTest {

    private static final String TEMPLATE =
            "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'b'}]}}";
    private static final String ONE_SHOT =
            "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'b'}]}}";
    private static final String SELECTOR = "'selector':{'matchLabels':{'a':'b'}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "apps/v1 | Deployment | SELECTOR,TEMPLATE | ``",
                "apps/v1 | Deployment | TEMPLATE | spec.selector: Required value",
                "apps/v1 | Deployment | 'selector':{},TEMPLATE | spec.selector: Invalid value: {}: empty selector is"
                        + " invalid for deployment",
                "apps/v1 | Deployment | 'selector':{'matchLabels':{'x':'y'}},TEMPLATE | spec.template.metadata.labels:"
                        + " Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`",
                "apps/v1 | Deployment | 'replicas':-1,SELECTOR,TEMPLATE | spec.replicas: Invalid value: -1: must be"
                        + " greater than or equal to 0",
                "apps/v1 | Deployment |"
                        + " 'strategy':{'type':'Recreate','rollingUpdate':{'maxSurge':1}},SELECTOR,TEMPLATE |"
                        + " spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is"
                        + " 'Recreate'",
                "apps/v1 | Deployment |"
                        + " 'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':0}},SELECTOR,TEMPLATE |"
                        + " spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is"
                        + " 0",
                "apps/v1 | Deployment |"
                        + " 'strategy':{'rollingUpdate':{'maxSurge':'x','maxUnavailable':1}},SELECTOR,TEMPLATE |"
                        + " spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a"
                        + " numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is"
                        + " '[0-9]+%')",
                "apps/v1 | Deployment | 'progressDeadlineSeconds':5,'minReadySeconds':5,SELECTOR,TEMPLATE"
                        + " | spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds",
                "apps/v1 | ReplicaSet | SELECTOR | spec.template: Required value",
                "apps/v1 | StatefulSet | 'podManagementPolicy':'x',SELECTOR,TEMPLATE | spec.podManagementPolicy:"
                        + " Invalid value: \"x\": must be 'OrderedReady' or 'Parallel'",
                "apps/v1 | DaemonSet | SELECTOR,TEMPLATE | ``",
                "apps/v1 | DaemonSet | 'updateStrategy':{'rollingUpdate':{'maxUnavailable':0}},SELECTOR,TEMPLATE |"
                        + " spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is"
                        + " 0",
                "batch/v1 | Job | SELECTOR,TEMPLATE | spec.template.spec.restartPolicy: Required value: valid values:"
                        + " \"OnFailure\", \"Never\"",
                "batch/v1 | Job | 'completionMode':'Indexed',SELECTOR,'parallelism':1,ONE_SHOT | spec.completions:"
                        + " Required value: when completion mode is Indexed",
                "batch/v1 | CronJob | 'schedule':'* * * * *','jobTemplate':{'spec':{ONE_SHOT}} | ``",
                "batch/v1 | CronJob | 'jobTemplate':{'spec':{ONE_SHOT}} | spec.schedule: Required value",
                "batch/v1 | CronJob | 'schedule':'TZ=UTC * * * * *','jobTemplate':{'spec':{ONE_SHOT}} | spec.schedule:"
                        + " Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field"
                        + " instead",
                "batch/v1 | CronJob | 'timeZone':'Mars/Olympus','schedule':'@daily','jobTemplate':{'spec':{ONE_SHOT}}"
                        + " | spec.timeZone: Invalid value: \"Mars/Olympus\": unknown time zone Mars/Olympus",
                "autoscaling/v2 | HorizontalPodAutoscaler |"
                        + " 'maxReplicas':1,'minReplicas':2,'scaleTargetRef':{'kind':'D','name':'d'} | spec.maxReplicas:"
                        + " Invalid value: 1: must be greater than or equal to `minReplicas`",
                "policy/v1 | PodDisruptionBudget | 'minAvailable':1,'maxUnavailable':1 | spec: Invalid value:"
                        + " {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and maxUnavailable cannot be both set",
                "autoscaling/v1 | Scale | 'replicas':-1 | spec.replicas: Invalid value: -1: must be greater than or"
                        + " equal to 0",
            })
    void whatIsWrongWithANewWorkload(String apiVersion, String kind, String spec, String expected) {
        String full =
                spec.replace("SELECTOR", SELECTOR).replace("TEMPLATE", TEMPLATE).replace("ONE_SHOT", ONE_SHOT);
        assertThat(new ValidationKit(apiVersion, kind).create("{'spec':{" + full + "}}"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void selectorsAreForEver() {
        for (String kind : List.of("Deployment", "ReplicaSet", "DaemonSet")) {
            assertThat(new ValidationKit("apps/v1", kind)
                            .update("{'spec':{" + SELECTOR + "," + TEMPLATE + "}}", next -> {
                                ((ObjectNode) next.at("/spec/selector/matchLabels")).put("c", "d");
                                ((ObjectNode) next.at("/spec/template/metadata/labels")).put("c", "d");
                            }))
                    .containsExactly(
                            "spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\",\"c\":\"d\"}}: field is"
                                    + " immutable");
        }
    }

    @Test
    void aStatefulSetKeepsItsIdentity() {
        var sets = new ValidationKit("apps/v1", "StatefulSet");
        String set = "{'spec':{'serviceName':'s'," + SELECTOR + "," + TEMPLATE + "}}";
        assertThat(sets.update(set, next -> ((ObjectNode) next.get("spec")).put("replicas", 3)))
                .isEmpty();
        assertThat(sets.update(set, next -> ((ObjectNode) next.get("spec")).put("serviceName", "t")))
                .containsExactly(
                        "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                                + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                                + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }

    @Test
    void aJobsTemplateIsFixedUnlessItNeverStarted() {
        var jobs = new ValidationKit("batch/v1", "Job");
        String job = "{'spec':{" + SELECTOR + "," + ONE_SHOT + "}}";
        assertThat(jobs.update(
                        job, next -> ((ObjectNode) next.at("/spec/template/spec/containers/0")).put("image", "c")))
                .singleElement()
                .asString()
                .startsWith("spec.template: Invalid value: ")
                .endsWith(": field is immutable");
        assertThat(jobs.update(
                        job.replace("{'spec':{", "{'spec':{'suspend':true,"),
                        next -> ((ObjectNode) next.at("/spec/template/spec/containers/0")).put("image", "c")))
                .isEmpty();
    }

    @Test
    void countersInAStatusMakeSense() {
        assertThat(new ValidationKit("apps/v1", "Deployment")
                        .update("status", "{'status':{}}", "{'status':{'replicas':1,'readyReplicas':2}}"))
                .containsExactly("status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas");
    }
}
