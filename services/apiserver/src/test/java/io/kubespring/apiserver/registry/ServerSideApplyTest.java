package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Server-side apply over HTTP: conflicts, sharing, removal, reset, migration, versions, and what is refused. */
class ServerSideApplyTest {

    private static final String HPA = "/namespaces/default/horizontalpodautoscalers";
    private static final String V1 = "/apis/autoscaling/v1" + HPA;
    private static final String V2 = "/apis/autoscaling/v2" + HPA;

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String map(String name, String data) {
        return "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name + "'},'data':" + data + "}";
    }

    private static String deployment(String name, String spec) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'" + name + "'},'spec':{" + spec
                + "'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{"
                + "'containers':[{'name':'c','image':'i'}]}}}}";
    }

    /** "manager operation subresource apiVersion fields" of each entry. */
    private static List<String> owners(Reply object) {
        List<String> owners = new ArrayList<>();
        for (JsonNode each : object.at("/metadata/managedFields")) {
            owners.add((each.path("manager").asString() + " "
                            + each.path("operation").asString() + " "
                            + each.path("subresource").asString("") + " "
                            + each.path("apiVersion").asString() + " " + each.path("fieldsV1"))
                    .replace('"', '\'')
                    .replace("  ", " "));
        }
        return owners;
    }

    @Test
    void conflictsListEveryFieldAndOwner() {
        server.apply(MAPS + "/c?fieldManager=one", map("c", "{'a':'1','b':'1'}"));
        server.patch(MAPS + "/c?fieldManager=two", "merge", "{'data':{'c':'1'}}");
        var conflict = server.apply(MAPS + "/c?fieldManager=three", map("c", "{'a':'x','b':'x','c':'x'}"));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.at("/reason").asString()).isEqualTo("Conflict");
        assertThat(conflict.message())
                .isEqualTo("Apply failed with 3 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b\n"
                        + "conflicts with \"two\" using v1:\n- .data.c");
        assertThat(conflict.at("/details/causes").size()).isEqualTo(3);
        assertThat(conflict.at("/details/causes/0/reason").asString()).isEqualTo("FieldManagerConflict");
        assertThat(conflict.at("/details/causes/0/message").asString()).isEqualTo("conflict with \"one\"");
        assertThat(conflict.at("/details/causes/0/field").asString()).isEqualTo(".data.a");
    }

    @Test
    void forceTakesFieldsOver() {
        server.apply(MAPS + "/f?fieldManager=one", map("f", "{'a':'1','b':'1'}"));
        var forced = server.apply(MAPS + "/f?fieldManager=two&force=true", map("f", "{'a':'2'}"));
        assertThat(owners(forced))
                .containsExactlyInAnyOrder("one Apply v1 {'f:data':{'f:b':{}}}", "two Apply v1 {'f:data':{'f:a':{}}}");
    }

    @Test
    void equalValuesAreSharedUntilTheLastOwnerLeaves() {
        server.apply(MAPS + "/s?fieldManager=one", map("s", "{'a':'1'}"));
        server.apply(MAPS + "/s?fieldManager=two", map("s", "{'a':'1'}"));
        assertThat(server.apply(MAPS + "/s?fieldManager=one", map("s", "{}"))
                        .at("/data/a")
                        .asString())
                .isEqualTo("1");
        assertThat(server.apply(MAPS + "/s?fieldManager=two", map("s", "{}"))
                        .at("/data")
                        .has("a"))
                .isFalse();
    }

    @Test
    void anApplyThatChangesNothingKeepsTimesAndVersion() {
        var made = server.apply(MAPS + "/n?fieldManager=one", map("n", "{'a':'1'}"));
        var again = server.apply(MAPS + "/n?fieldManager=one", map("n", "{'a':'1'}"));
        assertThat(again.at("/metadata/resourceVersion")).isEqualTo(made.at("/metadata/resourceVersion"));
        assertThat(again.at("/metadata/managedFields")).isEqualTo(made.at("/metadata/managedFields"));
    }

    @Test
    void aWriteThatIsResetAltogetherKeepsTimesAndVersion() {
        var made = server.post(DEPLOYMENTS, deployment("reset", "")).json();
        made.putObject("status").put("replicas", 7);
        var same = server.put(DEPLOYMENTS + "/reset", made);
        assertThat(same.at("/metadata/resourceVersion")).isEqualTo(made.at("/metadata/resourceVersion"));
        assertThat(owners(same).toString()).doesNotContain("f:status");
    }

    @Test
    void endpointsResetWhatIsNotTheirs() {
        server.apply(DEPLOYMENTS + "/doors?fieldManager=spec", deployment("doors", "'replicas':2,"));
        var status = server.apply(
                DEPLOYMENTS + "/doors/status?fieldManager=status",
                deployment("doors", "'replicas':9,").replaceFirst("}$", ",'status':{'replicas':3}}"));
        assertThat(status.status()).as(status.text()).isEqualTo(200);
        assertThat(status.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(status.at("/status/replicas").asInt()).isEqualTo(3);
        assertThat(owners(status)).contains("status Apply status apps/v1 {'f:status':{'f:replicas':{}}}");
    }

    @Test
    void scaleAndObjectShareTheOwnershipOfReplicas() {
        server.apply(DEPLOYMENTS + "/scaled?fieldManager=one", deployment("scaled", "'replicas':2,"));
        String scale =
                "{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'scaled'},'spec':{'replicas':%d}}";
        var conflict = server.apply(DEPLOYMENTS + "/scaled/scale?fieldManager=two", scale.formatted(5));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.replicas");
        var forced = server.apply(DEPLOYMENTS + "/scaled/scale?fieldManager=two&force=true", scale.formatted(5));
        assertThat(forced.at("/kind").asString()).isEqualTo("Scale");
        assertThat(forced.at("/metadata").has("managedFields")).isFalse();
        var object = server.get(DEPLOYMENTS + "/scaled");
        assertThat(object.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(owners(object).getFirst()).isEqualTo("two Apply scale apps/v1 {'f:spec':{'f:replicas':{}}}");
        assertThat(object.at("/metadata/managedFields/0").has("time")).isFalse();
        assertThat(owners(object).getLast()).startsWith("one ").doesNotContain("f:replicas");
        server.patch(DEPLOYMENTS + "/scaled/scale?fieldManager=three", "merge", "{'spec':{'replicas':6}}");
        assertThat(owners(server.get(DEPLOYMENTS + "/scaled")))
                .hasSize(2)
                .contains("three Update scale apps/v1 {'f:spec':{'f:replicas':{}}}");
        var back = server.apply(DEPLOYMENTS + "/scaled?fieldManager=one", deployment("scaled", "'replicas':2,"));
        assertThat(back.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"three\" with subresource \"scale\" using "
                        + "apps/v1: .spec.replicas");
    }

    @Test
    void aScaleThatChangesNothingKeepsItsOwner() {
        server.apply(DEPLOYMENTS + "/still?fieldManager=one", deployment("still", "'replicas':2,"));
        var before = server.get(DEPLOYMENTS + "/still");
        server.patch(DEPLOYMENTS + "/still/scale?fieldManager=two", "merge", "{'spec':{'replicas':2}}");
        assertThat(server.get(DEPLOYMENTS + "/still").json()).isEqualTo(before.json());
    }

    @Test
    void ownersOfOneVersionLoseWhatIsChangedThroughAnother() {
        String v1 = "{'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'h'},'spec':{"
                + "'maxReplicas':3,'targetCPUUtilizationPercentage':%d,"
                + "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'w'}}}";
        server.apply(V1 + "/h?fieldManager=one", v1.formatted(80));
        var changed = server.patch(
                V2 + "/h?fieldManager=two",
                "merge",
                "{'spec':{'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization',"
                        + "'averageUtilization':50}}}]}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(owners(changed))
                .containsExactlyInAnyOrder(
                        "one Apply autoscaling/v1 {'f:spec':{'f:maxReplicas':{},'f:scaleTargetRef':{}}}",
                        "two Update autoscaling/v2 {'f:spec':{'f:metrics':{}}}");
        var conflict = server.apply(V1 + "/h?fieldManager=one", v1.formatted(80));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"two\" using autoscaling/v2: .spec.metrics");
    }

    @Test
    void anApplierMayMoveToAnotherVersion() {
        String target = "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'w'}";
        String object = "{'apiVersion':'autoscaling/%s','kind':'HorizontalPodAutoscaler','metadata':{'name':'m'},"
                + "'spec':{%s" + target + "}}";
        server.apply(V1 + "/m?fieldManager=one", object.formatted("v1", "'minReplicas':2,'maxReplicas':3,"));
        var moved = server.apply(V2 + "/m?fieldManager=one", object.formatted("v2", "'maxReplicas':3,"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(owners(moved))
                .containsExactly("one Apply autoscaling/v2 {'f:spec':{'f:maxReplicas':{},'f:scaleTargetRef':{"
                        + "'f:apiVersion':{},'f:kind':{},'f:name':{}}}}");
        assertThat(moved.at("/spec/minReplicas").asInt()).isEqualTo(1); // pruned, then defaulted
    }

    @Test
    void managedFieldsCanBeClearedButNotApplied() {
        server.apply(MAPS + "/clear?fieldManager=one", map("clear", "{'a':'1'}"));
        var cleared = server.patch(MAPS + "/clear", "merge", "{'metadata':{'managedFields':[{}]}}");
        assertThat(cleared.at("/metadata").has("managedFields")).isFalse();
        var refused = server.apply(
                MAPS + "/clear?fieldManager=one",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'clear','managedFields':[{}]}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).isEqualTo("metadata.managedFields must be nil");
        var first = server.apply(MAPS + "/clear?fieldManager=one", map("clear", "{'b':'2'}"));
        assertThat(owners(first))
                .containsExactlyInAnyOrder(
                        "one Apply v1 {'f:data':{'f:b':{}}}",
                        "before-first-apply Update v1 {'f:data':{'.':{},'f:a':{}}}");
    }

    @Test
    void managedFieldsThatAreNoneAreInvalidOrIgnored() {
        var made = server.post(MAPS, "{'metadata':{'name':'bad'},'data':{'a':'1'}}");
        var operation = server.patch(
                MAPS + "/bad",
                "merge",
                "{'metadata':{'managedFields':[{'manager':'x','operation':'Steal','apiVersion':'v1',"
                        + "'fieldsType':'FieldsV1','fieldsV1':{}}]}}");
        assertThat(operation.at("/metadata/managedFields")).isEqualTo(made.at("/metadata/managedFields"));
    }

    @Test
    void kubectlMovesFromClientSideToServerSideApply() {
        String applied =
                "{\\\"apiVersion\\\":\\\"v1\\\",\\\"data\\\":{\\\"a\\\":\\\"1\\\"},\\\"kind\\\":\\\"ConfigMap\\\","
                        + "\\\"metadata\\\":{\\\"name\\\":\\\"k\\\"}}";
        server.post(
                MAPS + "?fieldManager=kubectl-client-side-apply",
                "{\"metadata\":{\"name\":\"k\",\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\""
                        + applied + "\"}},\"data\":{\"a\":\"1\"}}");
        var moved = server.apply(MAPS + "/k?fieldManager=kubectl", map("k", "{'a':'2'}"));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.at("/metadata/annotations")
                        .path("kubectl.kubernetes.io/last-applied-configuration")
                        .asString())
                .contains("\"a\":\"2\"");
        var other = server.apply(MAPS + "/k?fieldManager=argo", map("k", "{'a':'3'}"));
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void elevenUpdatersAreOneTooMany() {
        server.post(MAPS + "?fieldManager=m00", "{'metadata':{'name':'many'},'data':{'k00':'v'}}");
        for (int i = 1; i <= 11; i++) {
            String id = i < 10 ? "0" + i : "" + i;
            server.patch(MAPS + "/many?fieldManager=m" + id, "merge", "{'data':{'k" + id + "':'v'}}");
        }
        List<String> owners = owners(server.get(MAPS + "/many"));
        assertThat(owners).hasSize(10);
        assertThat(owners.toString()).contains("ancient-changes Update v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'r'}} | invalid object type: /v1, Kind=Secret",
                "{'metadata':{'name':'r'}} | invalid object type: /, Kind=",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'x'}} | the name of the object (x) does not"
                        + " match the name on the URL (r)",
                "{'apiVersion':'v1','kind':'ConfigMap'} | the name of the object (r based on URL) was undeterminable:"
                        + " name must be provided",
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'r','namespace':'x'}} | the namespace of the"
                        + " provided object does not match the namespace sent on the request",
                "[] | error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array"
                        + " into Go value of type map[string]interface {}",
            })
    void configurationsThatAreRefused(String applied, String message) {
        var reply = server.apply(MAPS + "/r?fieldManager=one", applied);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void anObjectThatIsThereNeedsNoNameInTheConfiguration() {
        server.apply(MAPS + "/named?fieldManager=one", map("named", "{}"));
        var reply = server.apply(
                MAPS + "/named?fieldManager=one", "{'apiVersion':'v1','kind':'ConfigMap','data':{'a':'1'}}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'nope':1 | .nope: field not declared in schema",
                "'immutable':'x' | .immutable: expected boolean, got &{x}",
                "'data':[] | .data: expected map, got &{[]}",
            })
    void whatDoesNotFitTheSchemaIsRefusedAsUpstreamDoes(String field, String why) {
        String applied = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'r'},%s}".formatted(field);
        var reply = server.apply(MAPS + "/r?fieldManager=one", applied);
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message()).isEqualTo("failed to create typed patch object (/r; /v1, Kind=ConfigMap): " + why);
    }

    @Test
    void whoOnlySharesWhatIsThereHasNoTime() {
        server.apply(MAPS + "/shared?fieldManager=one", map("shared", "{'a':'1'}"));
        var shared = server.apply(MAPS + "/shared?fieldManager=two", map("shared", "{'a':'1'}"));
        assertThat(shared.at("/metadata/managedFields/0/manager").asString()).isEqualTo("two");
        assertThat(shared.at("/metadata/managedFields/0").has("time")).isFalse();
    }

    @Test
    void itemsThatStandTwiceAreRefused() {
        var reply = server.apply(
                NS + "/services/dup?fieldManager=one",
                "{'apiVersion':'v1','kind':'Service','metadata':{'name':'dup'},'spec':{'ports':[{'port':80},"
                        + "{'port':80,'protocol':'TCP'}]}}");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message())
                .isEqualTo("failed to create typed patch object (/dup; /v1, Kind=Service): .spec.ports: duplicate"
                        + " entries for key [port=80,protocol=\"TCP\"]");
    }

    @Test
    void fieldsThatStandTwiceAreToldByTheirLineInJsonToo() {
        String twice = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: twice}
            data:
              a: "1"
              a: "2"
            """;
        String uri = NS + "/configmaps/twice?fieldManager=one&fieldValidation=";
        assertThat(server.apply(uri + "Strict", twice).message())
                .isEqualTo("error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n"
                        + "  line 6: key \"a\" already set in map");
        var warned = server.apply(uri + "Warn", twice);
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.warnings()).containsExactly("299 - \"line 6: key \\\"a\\\" already set in map\"");
        assertThat(warned.at("/data/a").asString()).isEqualTo("2");

        String json = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'twice'},'data':{'a':'3','a':'4'}}";
        assertThat(server.apply(uri + "Strict", json).message())
                .endsWith("yaml: unmarshal errors:\n  line 1: key \"a\" already set in map");
        assertThat(server.apply(uri + "Ignore", json).warnings()).isEmpty();
    }
}
