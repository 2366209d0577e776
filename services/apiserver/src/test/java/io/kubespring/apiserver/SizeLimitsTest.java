package io.kubespring.apiserver;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer.Reply;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Objects and requests at and over a limit: refused in upstream's words, and what was there stays. */
class SizeLimitsTest {

    private static final int MEBI = 1 << 20;
    private static final int ANNOTATIONS = 256 << 10;

    @AutoClose
    private static final TestServer server = new TestServer();

    private static String x(int length) {
        return "x".repeat(length);
    }

    private static String numbered(int count, String format, String separator) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining(separator));
    }

    @Test
    void aConfigMapHoldsAMebibyte() {
        assertThat(server.post(MAPS, "{'metadata':{'name':'full'},'data':{'k':'" + x(MEBI) + "'}}")
                        .status())
                .isEqualTo(201);
        Reply over = server.post(MAPS, "{'metadata':{'name':'over'},'data':{'k':'" + x(MEBI + 1) + "'}}");
        assertThat(over.status()).isEqualTo(422);
        assertThat(over.message())
                .isEqualTo("ConfigMap \"over\" is invalid: []: Too long: may not be more than 1048576 bytes");
    }

    @Test
    void aSecretHoldsAMebibyte() {
        Reply over =
                server.post(NS + "/secrets", "{'metadata':{'name':'over'},'stringData':{'k':'" + x(MEBI + 1) + "'}}");
        assertThat(over.status()).isEqualTo(422);
        assertThat(over.message()).contains("data: Too long: may not be more than 1048576 bytes");
    }

    @Test
    void annotationsHoldAQuarterOfAMebibyteTogether() {
        assertThat(server.post(MAPS, annotated("just", ANNOTATIONS - 2)).status())
                .isEqualTo(201);
        Reply over = server.post(MAPS, annotated("over", ANNOTATIONS));
        assertThat(over.status()).isEqualTo(422);
        assertThat(over.message())
                .isEqualTo("ConfigMap \"over\" is invalid: metadata.annotations: Too long: may not be more than 262144"
                        + " bytes");
    }

    /** Two annotations whose names have a letter each. */
    private static String annotated(String name, int bytes) {
        return "{'metadata':{'name':'" + name + "','annotations':{'a':'" + x(bytes / 2) + "','b':'"
                + x(bytes - bytes / 2) + "'}}}";
    }

    @Test
    void whatTheStoreDoesNotTakeIsAServersErrorInItsWords() {
        String pod = "{'metadata':{'name':'large'},'spec':{'containers':[{'name':'c','image':'i','env':["
                + "{'name':'A','value':'" + x(3 * MEBI / 2) + "'}]}]}}";
        Reply refused = server.post(PODS, pod);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.message()).isEqualTo("etcdserver: request is too large");
        assertThat(server.get(PODS + "/large").status()).isEqualTo(404);
    }

    @Test
    void anObjectThatGrowsTooLargeStaysAsItWas() {
        String web = "{'metadata':{'name':'grows'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
        server.post(DEPLOYMENTS, web);
        String revision = server.get(DEPLOYMENTS + "/grows")
                .at("/metadata/resourceVersion")
                .asString();
        String grown = "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i','args':['" + x(3 * MEBI / 2)
                + "']}]}}}}";
        for (String kind : new String[] {"merge", "strategic-merge"}) {
            Reply refused = server.patch(DEPLOYMENTS + "/grows", kind, grown);
            assertThat(refused.message()).isEqualTo("etcdserver: request is too large");
        }
        assertThat(server.apply(
                                DEPLOYMENTS + "/grows?fieldManager=f&force=true",
                                "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'grows'},"
                                        + grown.substring(1))
                        .message())
                .isEqualTo("etcdserver: request is too large");
        assertThat(server.get(DEPLOYMENTS + "/grows")
                        .at("/metadata/resourceVersion")
                        .asString())
                .isEqualTo(revision);
    }

    @Test
    void aJsonPatchHasTenThousandOperationsAtMost() {
        server.post(MAPS, "{'metadata':{'name':'patched'},'data':{'k':'v'}}");
        String operation = "{'op':'test','path':'/data/k','value':'v'}";
        Map<String, String> type = Map.of("content-type", "application/json-patch+json");
        assertThat(server.call("PATCH", MAPS + "/patched", "[" + numbered(10_000, operation, ",") + "]", type)
                        .status())
                .isEqualTo(200);
        Reply over = server.call("PATCH", MAPS + "/patched", "[" + numbered(10_001, operation, ",") + "]", type);
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.message())
                .isEqualTo("Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got"
                        + " 10001");
    }

    @Test
    void copiesInAJsonPatchAddUpToThreeMebibytesAtMost() {
        server.post(MAPS, "{'metadata':{'name':'copied'},'data':{'k':'" + x(MEBI / 2) + "'}}");
        String copies = "[" + numbered(9_000, "{'op':'copy','from':'/data/k','path':'/data/k%d'}", ",") + "]";
        Reply refused =
                server.call("PATCH", MAPS + "/copied", copies, Map.of("content-type", "application/json-patch+json"));
        assertThat(refused.status()).isEqualTo(422);
        String doubling = "[" + numbered(60, "{'op':'copy','from':'/metadata','path':'/metadata/labels'}", ",") + "]";
        assertThat(server.call(
                                "PATCH",
                                MAPS + "/copied",
                                doubling,
                                Map.of("content-type", "application/json-patch+json"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void namesAndLabelsHaveTheirLengths() {
        assertThat(server.post(MAPS, "{'metadata':{'name':'" + x(254) + "'}}").message())
                .contains("must be no more than 253 characters");
        assertThat(server.post(MAPS, "{'metadata':{'name':'l','labels':{'a':'" + x(64) + "'}}}")
                        .message())
                .contains("must be no more than 63 bytes");
        assertThat(server.post(MAPS, "{'metadata':{'name':'l','labels':{'" + x(64) + "':''}}}")
                        .message())
                .contains("must be no more than 63 bytes");
        assertThat(server.get(MAPS + "/" + x(100_000)).status()).isEqualTo(404);
    }

    @Test
    void longSelectorsAndManyParametersAreRead() {
        String many = numbered(2_000, "k%d%%20in%%20(a,b)", ",");
        assertThat(server.get(PODS + "?labelSelector=" + many).status()).isEqualTo(200);
        assertThat(server.get(PODS + "?fieldSelector=" + numbered(2_000, "metadata.name!=n%d", ","))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(PODS + "?" + numbered(5_000, "p%d=1", "&")).status())
                .isEqualTo(200);
        assertThat(server.get(PODS + "?" + numbered(5_000, "limit=%d", "&")).status())
                .isEqualTo(200);
    }

    @Test
    void manyDuplicateFieldsAreToldOfSparingly() {
        String yaml = "kind: ConfigMap\nmetadata: {name: twice}\ndata:\n" + numbered(20_000, "  k%d: a", "\n") + "\n"
                + numbered(20_000, "  k%d: b", "\n");
        Reply warned = server.call("POST", MAPS, yaml, Map.of("content-type", "application/yaml"));
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.warnings()).hasSizeBetween(1, 101);
        Reply refused =
                server.call("POST", MAPS + "?fieldValidation=Strict", yaml, Map.of("content-type", "application/yaml"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.bytes()).hasSizeLessThan(20_000);
    }

    @Test
    void manyUnknownFieldsAreToldOfSparingly() {
        String body = "{'metadata':{'name':'odd'}," + numbered(20_000, "'u%d':1", ",") + "}";
        Reply warned = server.post(MAPS, body);
        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.warnings()).hasSizeBetween(1, 101);
        assertThat(server.post(MAPS + "?fieldValidation=Strict", body).bytes()).hasSizeLessThan(20_000);
    }

    @Test
    void managersAtTheLimitShareOneEntry() {
        server.post(MAPS, "{'metadata':{'name':'owned'},'data':{'k':'v'}}");
        for (int i = 0; i < 30; i++) {
            Reply reply = server.call(
                    "PATCH",
                    MAPS + "/owned?fieldManager=m" + i,
                    "{'data':{'k" + i + "':'v'}}",
                    Map.of("content-type", "application/merge-patch+json"));
            assertThat(reply.status()).isEqualTo(200);
        }
        var fields = server.get(MAPS + "/owned").at("/metadata/managedFields");
        assertThat(fields.size()).isLessThanOrEqualTo(11);
        assertThat(fields.valueStream().map(each -> each.path("manager").asString()))
                .contains("ancient-changes");
    }
}
