package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** resourceVersion and resourceVersionMatch in all combinations, selectors that cannot be read, and their errors. */
class ListOptionsTest {

    private static final String INVALID = "ListOptions.meta.k8s.io \"\" is invalid: ";

    @AutoClose
    private static final TestServer server = new TestServer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resourceVersionMatch=Exact | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden"
                        + " unless resourceVersion is provided",
                "resourceVersion=0&resourceVersionMatch=Exact | resourceVersionMatch: Forbidden: resourceVersionMatch"
                        + " \"exact\" is forbidden for resourceVersion \"0\"",
                "resourceVersion=1&resourceVersionMatch=Nearly | resourceVersionMatch: Unsupported value: \"Nearly\":"
                        + " supported values: \"Exact\", \"NotOlderThan\", \"\"",
                "sendInitialEvents=false | sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
                "watch=1&resourceVersionMatch=NotOlderThan | resourceVersionMatch: Forbidden: resourceVersionMatch is"
                        + " forbidden for watch unless sendInitialEvents is provided",
                "watch=1&sendInitialEvents=true | resourceVersionMatch: Forbidden: sendInitialEvents requires setting"
                        + " resourceVersionMatch to NotOlderThan",
                "watch=1&sendInitialEvents=true&resourceVersionMatch=Exact | [resourceVersionMatch: Forbidden:"
                        + " sendInitialEvents requires setting resourceVersionMatch to NotOlderThan,"
                        + " resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]",
                "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x | resourceVersionMatch:"
                        + " Forbidden: resourceVersionMatch is forbidden when continue is provided",
            })
    void optionsThatDoNotGoTogether(String query, String error) {
        var reply = server.get(MAPS + "?" + query);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.message()).isEqualTo(INVALID + error);
        assertThat(reply.at("/details/causes/0/field").asString()).isIn("resourceVersionMatch", "sendInitialEvents");
    }

    @Test
    void aVersionFromTheFutureTimesOut() {
        long future = server.store.currentRevision().join() + 1_000_000;
        for (String match : new String[] {"", "&resourceVersionMatch=NotOlderThan", "&resourceVersionMatch=Exact"}) {
            var reply = server.get(MAPS + "?resourceVersion=" + future + match);
            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.at("/reason").asString()).isEqualTo("Timeout");
            assertThat(reply.message()).startsWith("Timeout: Too large resource version: " + future + ", current: ");
            assertThat(reply.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
            assertThat(reply.at("/details/causes/0/reason").asString()).isEqualTo("ResourceVersionTooLarge");
            assertThat(reply.at("/details/causes/0/message").asString()).isEqualTo("Too large resource version");
        }
    }

    @Test
    void aVersionThatIsNoNumber() {
        var list = server.get(MAPS + "?resourceVersion=abc");
        assertThat(list.status()).isEqualTo(400);
        assertThat(list.message())
                .isEqualTo("invalid resource version: resourceVersion: Invalid value: \"abc\": strconv.ParseUint: "
                        + "parsing \"abc\": invalid syntax");
        var watch = server.get(MAPS + "?watch=1&resourceVersion=abc");
        assertThat(watch.status()).isEqualTo(500);
        assertThat(watch.message())
                .isEqualTo("resourceVersion: Invalid value: \"abc\": strconv.ParseUint: "
                        + "parsing \"abc\": invalid syntax");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=many | strconv.ParseInt: parsing \"many\": invalid syntax",
                "limit= | strconv.ParseInt: parsing \"\": invalid syntax",
                "timeoutSeconds=99999999999999999999 | strconv.ParseInt: parsing \"99999999999999999999\": value out"
                        + " of range",
            })
    void numbersThatAreNone(String query, String message) {
        var reply = server.get(MAPS + "?" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/pods | spec.color | field label not supported: spec.color",
                "/api/v1/nodes | metadata.namespace | field label not supported: metadata.namespace",
                "/api/v1/namespaces | spec.x | field label not supported: spec.x",
                "/api/v1/configmaps | data.k | \"data.k\" is not a known field selector: only \"metadata.name\","
                        + " \"metadata.namespace\"",
                "/apis/apps/v1/deployments | spec.replicas | \"spec.replicas\" is not a known field selector: only"
                        + " \"metadata.name\", \"metadata.namespace\"",
                "/apis/batch/v1/jobs | spec.x | field label \"spec.x\" not supported for batchv1.Job",
            })
    void fieldsThatAKindCannotBeSelectedBy(String uri, String field, String message) {
        var reply = server.get(uri + "?fieldSelector=" + field + "%3Dv");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
        assertThat(server.get(uri + "?watch=1&fieldSelector=" + field + "%3Dv").message())
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/pods | spec.host=n1,status.podIP=,spec.hostNetwork!=true",
                "/api/v1/nodes | spec.unschedulable=true",
                "/api/v1/services | spec.clusterIP=None,spec.type=ClusterIP",
                "/api/v1/secrets | type=Opaque",
                "/api/v1/events | involvedObject.name=a,source=kubelet",
                "/apis/events.k8s.io/v1/events | regarding.name=a,reportingController=x",
                "/apis/batch/v1/jobs | status.successful=1",
                "/apis/certificates.k8s.io/v1/certificatesigningrequests | spec.signerName=x",
                "/apis/resource.k8s.io/v1/resourceslices | spec.driver=d,spec.nodeName=n",
                "/apis/storage.k8s.io/v1/storageclasses | metadata.namespace=",
            })
    void fieldsThatAKindIsSelectedBy(String uri, String selector) {
        String encoded = URLEncoder.encode(selector, StandardCharsets.UTF_8);
        assertThat(server.get(uri + "?fieldSelector=" + encoded).status()).isEqualTo(200);
    }

    @Test
    void oldNamesOfFieldsSelectTheSame() {
        server.post(
                PODS, "{'metadata':{'name':'on-n1'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}]}}");
        assertThat(server.get(PODS + "?fieldSelector=spec.host%3Dn1")
                        .at("/items")
                        .size())
                .isEqualTo(1);
        assertThat(server.get(PODS + "?fieldSelector=spec.host%3Dn2")
                        .at("/items")
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a==b=c | found '=', expected: ',' or 'end of string'",
                "a in b | unable to parse requirement: found 'b', expected: '('",
                "a,,b | found ',', expected: identifier after ','",
                "=a | found '=', expected: !, identifier, or 'end of string'",
                "a ! b | unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt",
                "a=-b | unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be an"
                        + " empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                        + " with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                        + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
                "a>x | unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the"
                        + " value must be an integer",
            })
    void labelSelectorsThatCannotBeRead(String selector, String message) {
        var reply = server.get(MAPS + "?labelSelector=" + URLEncoder.encode(selector.strip(), StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo(message);
    }

    @Test
    void fieldSelectorsThatCannotBeRead() {
        var reply = server.get(MAPS + "?fieldSelector=metadata.name");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).isEqualTo("invalid selector: 'metadata.name'; can't understand 'metadata.name'");
    }
}
