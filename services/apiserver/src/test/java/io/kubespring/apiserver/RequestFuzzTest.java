package io.kubespring.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.testing.fuzz.Fuzz;
import io.kubespring.testing.fuzz.Mangler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no client means, through the whole core: each gets an answer that does not blame the server. */
class RequestFuzzTest {

    private static final List<String> URIS = List.of(
            "/",
            "//",
            "/api",
            "/api/",
            "/api/v1",
            "/apis/apps/v1",
            "/apis//v1/x",
            "/api/v1/",
            "/api/v1//",
            "/api/v1/%",
            "/api/v1/%2F",
            "/api/v1/%00",
            "/api/v1/namespaces/%c3%28",
            "/api/v1/namespaces/default/configmaps",
            "/api/v1/namespaces/default/configmaps/a",
            "/api/v1/namespaces/default/configmaps/..",
            "/openapi/v3/x",
            "/api/v1/namespaces/default/pods",
            "/api/v1/namespaces/default/pods/a/status",
            "/api/v1/namespaces/default/pods/a/binding",
            "/api/v1/namespaces/default/pods/a/eviction",
            "/api/v1/namespaces/default/services/web",
            "/apis/apps/v1/namespaces/default/deployments/web/scale",
            "/apis/apps/v1/namespaces/default/deployments/web",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/a",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "/api/v1/nodes/n",
            "/api/v1/watch/pods",
            "/api/v1/pods?labelSelector=a%20in%20(b,c)",
            "/api/v1/pods?fieldSelector=spec.nodeName=",
            "/api/v1/pods?fieldSelector=metadata.name%3D%5C",
            "/api/v1/pods?limit=1&continue=e30",
            "/api/v1/pods?limit=-1",
            "/api/v1/pods?limit=9223372036854775808",
            "/api/v1/pods?continue=%ff",
            "/api/v1/pods?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0",
            "/api/v1/pods?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6OTIyMzM3MjAzNjg1NDc3NTgwNywic3RhcnQiOiIvIn0",
            "/api/v1/pods?resourceVersion=-1",
            "/api/v1/pods?resourceVersion=1&resourceVersionMatch=Exact",
            "/api/v1/pods?timeoutSeconds=1&watch=1&resourceVersion=1",
            "/api/v1/pods?watch=true&sendInitialEvents=x",
            "/apis/apps/v1/namespaces/default/deployments/web?fieldManager=f&force=true&fieldValidation=Strict",
            "/api/v1/namespaces/default/configmaps/a?dryRun=All&dryRun=x",
            "/api/v1/pods?&&=&a&=b");

    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "0",
            "\"\"",
            "{",
            "[[[[[[[[",
            "{'a':".repeat(2000),
            "\0",
            "a: &a [*a]",
            "a: &a [1]\nb: *a",
            "{'kind':'ConfigMap','apiVersion':'v1','metadata':{'name':'a'},'data':{'k':'v'}}",
            "{'metadata':{'name':'a','labels':{'a':'b'},'finalizers':['x/y'],'ownerReferences':[{}]},'data':{'k':1}}",
            "{'metadata':null}",
            "{'metadata':[]}",
            "{'metadata':{'name':1,'managedFields':[{'fieldsV1':{'f:':{}}}]}}",
            "{'apiVersion':'v1','kind':'Pod','metadata':{'generateName':'a-'},'spec':{'containers':[{'name':'c',"
                    + "'image':'i','resources':{'limits':{'cpu':'1e400'}}}],'nodeName':''}}",
            "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{'containers':[null]}}",
            "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'},'spec':{'replicas':1,'selector':"
                    + "{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':"
                    + "[{'name':'c','image':'i','ports':[{'containerPort':80}]}]}}}}",
            "{'apiVersion':'v1','kind':'Service','metadata':{'name':'web'},'spec':{'ports':[{'port':99999}],"
                    + "'clusterIP':'10.96.0.300'}}",
            "{'spec':{'replicas':-1}}",
            "{'spec':{'replicas':99999999999999999999}}",
            "{'spec':{'replicas':1.5}}",
            "{'spec':{'template':{'spec':{'containers':[{'name':'c','$patch':'delete'}]}}}}",
            "{'spec':{'$setElementOrder/containers':[{'name':'x'}],'$retainKeys':1}}",
            "{'$patch':'replace'}",
            "[{'op':'add','path':'/metadata/labels/~1~0~2','value':1}]",
            "[{'op':'move','from':'','path':'/a'}]",
            "[{'op':'test','path':'/data/k','value':'v'},{'op':'copy','from':'/data','path':'/data/x'}]",
            "[{'op':'remove','path':'/metadata'}]",
            "[{'op':'replace','path':'','value':null}]",
            "[{'op':'x'}]",
            "[1]",
            "{'target':{'kind':'Node','name':'n'}}",
            "{'spec':{'resourceAttributes':{'verb':'*'}}}",
            "{'kind':'DeleteOptions','apiVersion':'v1','gracePeriodSeconds':-1,'propagationPolicy':'x'}");

    private static final List<String> METHODS = List.of(
            "GET", "GET", "POST", "POST", "PUT", "PATCH", "PATCH", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "X");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "application/vnd.kubernetes.protobuf",
            "text/plain",
            "",
            ";",
            "application/json; charset=\"",
            "application/cbor");

    private static final int BETWEEN_CLEANINGS = 2_000;
    private static final long MOST_GROWTH = 150L << 20;

    @AutoClose
    private static final TestServer server = new TestServer();

    record Attempt(String method, String uri, String body, Map<String, String> headers) {}

    static List<Attempt> corpus() {
        List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < Math.max(URIS.size(), BODIES.size()); i++) {
            for (String method : List.of("GET", "POST", "PATCH")) {
                String type = TYPES.get(method.equals("PATCH") ? 2 + i % 4 : i % 2);
                all.add(new Attempt(
                        method,
                        URIS.get(i % URIS.size()),
                        BODIES.get(i % BODIES.size()),
                        Map.of("content-type", type)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void nastyRequests(Attempt attempt) {
        check(attempt);
    }

    @Test
    @Tag("long")
    void manyMangledRequests() {
        long before = used();
        int[] count = {0};
        Fuzz.seeds(200_000, RequestFuzzTest::mangled, attempt -> {
            check(attempt);
            if (++count[0] % BETWEEN_CLEANINGS == 0) {
                clean();
            }
        });
        clean();
        assertThat(used()).isLessThan(before + MOST_GROWTH);
        assertThat(server.get("/readyz").status()).isEqualTo(200);
    }

    private static Attempt mangled(long seed) {
        var choice = Mangler.ofTexts(URIS, "/?&=%.0aA,-", seed);
        String type = choice.oneOf(TYPES);
        return new Attempt(
                choice.oneOf(METHODS),
                choice.text(),
                Mangler.ofTexts(BODIES, "{}[]':,0123456789.eE-$~/ntf \n&*", ~seed)
                        .text(),
                type.isEmpty() ? Map.of() : Map.of("content-type", type));
    }

    /** Nothing here may connect anywhere, and nothing waits for what will never come. */
    private static boolean leavesTheProcess(String uri) {
        return List.of("proxy", "exec", "attach", "portforward", "/log").stream()
                .anyMatch(uri::contains);
    }

    private static void check(Attempt attempt) {
        if (leavesTheProcess(attempt.uri())) {
            return;
        }
        ApiResponse answer;
        try {
            answer = server.answer(attempt.method(), attempt.uri(), attempt.body(), attempt.headers());
        } catch (StatusException refused) {
            assertThat(refused.code()).isBetween(400, 499);
            return;
        }
        switch (answer) {
            case ApiResponse.Bytes bytes -> {
                if (bytes.status() >= 500) {
                    // Only what the client asked for and no server can have: a revision from the future.
                    assertThat(bytes.status()).isEqualTo(504);
                }
                if (bytes.status() >= 400 && bytes.contentType().equals(ApiResponse.JSON)) {
                    var status = Json.readObject(bytes.body());
                    assertThat(status.path("kind").asString("")).isEqualTo("Status");
                    assertThat(status.path("code").asInt()).isEqualTo(bytes.status());
                }
            }
            case ApiResponse.Streamed streamed -> {
                if (streamed.longRunning()) {
                    streamed.body().subscribe().dispose();
                } else {
                    streamed.body().blockLast(Duration.ofSeconds(10));
                }
            }
            case ApiResponse.Direct direct -> throw new AssertionError("a connection is taken over");
        }
    }

    private static void clean() {
        for (String each : List.of(TestServer.MAPS, TestServer.PODS, TestServer.DEPLOYMENTS)) {
            server.delete(each, "{'gracePeriodSeconds':0,'propagationPolicy':'Background'}");
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
