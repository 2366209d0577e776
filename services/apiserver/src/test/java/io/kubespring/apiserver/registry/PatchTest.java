package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PATCH in its four forms. */
class PatchTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
        server.post(DEPLOYMENTS, UpdateTest.DEPLOYMENT.formatted("web"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void jsonPatch() {
        server.post(MAPS, "{'metadata':{'name':'j'},'data':{'a':'1'}}");
        var reply = server.patch(MAPS + "/j", "json", "[{'op':'add','path':'/data/b','value':'2'}]");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/b").asString()).isEqualTo("2");
        assertThat(server.patch(MAPS + "/j", "json", "[{'op':'test','path':'/data/b','value':'x'}]")
                        .status())
                .isEqualTo(422);
        assertThat(server.patch(MAPS + "/j", "json", "{'not':'a list'}").status())
                .isEqualTo(400);
    }

    @Test
    void mergePatchRemovesByNull() {
        server.post(MAPS, "{'metadata':{'name':'m'},'data':{'a':'1','b':'2'}}");
        var reply = server.patch(MAPS + "/m", "merge", "{'data':{'a':null,'c':'3'}}");
        assertThat(reply.at("/data").propertyNames()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void strategicMergePatchMergesListsByKey() {
        var reply = server.patch(
                DEPLOYMENTS + "/web",
                "strategic-merge",
                "{'spec':{'template':{'spec':{'containers':[{'name':'side','image':'s'}]}}}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/spec/template/spec/containers").size()).isEqualTo(2);
        assertThat(reply.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void aVersionInAPatchIsAnExpectation() {
        var made = server.post(MAPS, "{'metadata':{'name':'v'}}").json();
        String version = made.at("/metadata/resourceVersion").asString();
        String patch = "{'metadata':{'resourceVersion':'%s'},'data':{'a':'%s'}}";
        assertThat(server.patch(MAPS + "/v", "merge", patch.formatted(version, "1"))
                        .status())
                .isEqualTo(200);
        assertThat(server.patch(MAPS + "/v", "merge", patch.formatted(version, "2"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theResultIsChecked() {
        server.post(MAPS, "{'metadata':{'name':'c'}}");
        var unknown = server.patch(MAPS + "/c?fieldValidation=Strict", "merge", "{'nope':1}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.message()).contains("patch: Invalid value", "strict decoding error: unknown field \"nope\"");
        assertThat(server.patch(MAPS + "/c", "merge", "{'metadata':{'name':'other'}}")
                        .status())
                .isIn(400, 422);
        assertThat(server.patch(DEPLOYMENTS + "/web", "merge", "{'spec':{'replicas':-1}}")
                        .message())
                .contains("spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | {'op':'add'} | error decoding patch: json: cannot unmarshal object into Go value of type"
                        + " []handlers.jsonPatchOp",
                "merge | [] | error decoding patch: json: cannot unmarshal array into Go value of type"
                        + " map[string]interface {}",
                "strategic-merge | 5 | json: cannot unmarshal number into Go value of type map[string]interface {}",
                "merge | {'a' | error decoding patch: unexpected end of JSON input",
            })
    void whatIsNoPatchIsABadRequest(String kind, String patch, String message) {
        var reply = server.patch(DEPLOYMENTS + "/web", kind, patch);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'op':'remove','path':'/spec/nothing'}]",
                "[{'op':'replace','path':'/spec/nothing','value':1}]",
                "[{'op':'add','path':'/spec/no/where','value':1}]",
                "[{'op':'test','path':'/spec/replicas','value':99}]",
                "[{'op':'dance','path':'/spec/replicas'}]",
                "[{'op':'copy','from':'/spec/nothing','path':'/spec/x'}]",
            })
    void aJsonPatchThatDoesNotFitIsUnprocessable(String patch) {
        var reply = server.patch(DEPLOYMENTS + "/web", "json", patch);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/reason").asString()).isEqualTo("Invalid");
        assertThat(reply.message()).isEqualTo("the server rejected our request due to an error in our request");
    }

    @Test
    void tooManyOperationsAreTooLarge() {
        String operation = "{'op':'test','path':'/kind','value':'Deployment'}";
        var reply =
                server.patch(DEPLOYMENTS + "/web", "json", "[" + (operation + ",").repeat(10_000) + operation + "]");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.at("/reason").asString()).isEqualTo("RequestEntityTooLarge");
        assertThat(reply.message())
                .isEqualTo("Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got "
                        + "10001");
    }

    @Test
    void aValueOfAWrongTypeIsThePatchsFault() {
        var strategic = server.patch(DEPLOYMENTS + "/web", "strategic-merge", "{'spec':{'replicas':'many'}}");
        assertThat(strategic.status()).isEqualTo(422);
        assertThat(strategic.message())
                .startsWith(" \"\" is invalid: patch: Invalid value: \"map[spec:map[replicas:many]]\": json: cannot "
                        + "unmarshal");
        var merge = server.patch(DEPLOYMENTS + "/web", "merge", "{'spec':{'replicas':'many'}}");
        assertThat(merge.status()).isEqualTo(422);
        assertThat(merge.message()).startsWith(" \"\" is invalid: patch: Invalid value: \"{");
        assertThat(merge.at("/details/causes/0/field").asString()).isEqualTo("patch");
    }

    @Test
    void otherContentTypesAreUnsupported() {
        var reply = server.call("PATCH", DEPLOYMENTS + "/web", "{}", Map.of("content-type", "application/json"));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.at("/reason").asString()).isEqualTo("UnsupportedMediaType");
        assertThat(reply.message()).isEqualTo("415: Unsupported Media Type");
        assertThat(server.call("PATCH", DEPLOYMENTS + "/web/scale", "{}", Map.of())
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aMissingObjectIsNotFound() {
        assertThat(server.patch(MAPS + "/missing", "merge", "{}").status()).isEqualTo(404);
    }

    @Test
    void applyMakesUpdatesAndOwns() {
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {a: %s}\n";
        var made = server.apply(MAPS + "/applied?fieldManager=one", map.formatted("x"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Apply");
        var again = server.apply(MAPS + "/applied?fieldManager=one", map.formatted("x"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/metadata/resourceVersion")).isEqualTo(made.at("/metadata/resourceVersion"));
        var conflict = server.apply(MAPS + "/applied?fieldManager=two", map.formatted("z"));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.a");
        var forced = server.apply(MAPS + "/applied?fieldManager=two&force=true", map.formatted("z"));
        assertThat(forced.at("/data/a").asString()).isEqualTo("z");
    }

    @Test
    void applyNeedsAManager() {
        var reply = server.apply(MAPS + "/m2", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m2}\n");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message())
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for "
                        + "apply patch");
        assertThat(server.patch(MAPS + "/m2?force=true", "merge", "{}").message())
                .contains("force: Forbidden: may not be specified for non-apply patch");
    }

    @Test
    void applyMayBeDry() {
        var reply = server.apply(
                MAPS + "/dry?fieldManager=one&dryRun=All", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dry}\n");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(server.get(MAPS + "/dry").status()).isEqualTo(404);
    }
}
