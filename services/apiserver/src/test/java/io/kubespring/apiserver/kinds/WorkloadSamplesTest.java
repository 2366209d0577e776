package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every workload: spec and status have an endpoint each, and generations count what is wanted. */
class WorkloadSamplesTest {

    private static final Set<String> GROUPS = Set.of("apps", "batch", "autoscaling", "policy", "scheduling.k8s.io");
    private static final Set<String> CORE = Set.of("replicationcontrollers", "podtemplates");
    /** 1.36 does not count the generations of these. */
    private static final Set<String> UNCOUNTED = Set.of("horizontalpodautoscalers", "controllerrevisions");

    private static KindServer server;

    @BeforeAll
    static void start() {
        server = new KindServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<KindSample> workloads() {
        return KindSamples.all().stream()
                .filter(each -> GROUPS.contains(each.type().kind().group())
                        || CORE.contains(each.type().plural()));
    }

    static Stream<KindSample> withStatus() {
        return workloads().filter(each -> each.fresh().has("status"));
    }

    @ParameterizedTest
    @MethodSource("withStatus")
    void aStatusSentWithANewObjectIsDropped(KindSample sample) {
        JsonNode expected = server.create(sample.fresh()).path("status");
        Sheet sheet = sample.fresh();
        ObjectNode sent = sheet.sample().deepCopy();
        sent.set("status", sheet.part("status"));
        Reply created = server.post(sheet.collection(), sent);
        assertThat(created.status()).as(created.message()).isEqualTo(201);
        assertThat(created.at("/status")).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("withStatus")
    void nobodyComesToOwnWhatAnEndpointIgnores(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode both = sheet.sample().deepCopy();
        both.set("status", sheet.part("status"));
        Reply made = server.patch(sheet.uri() + "?fieldManager=user", "apply", both);
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(fieldsOf(made, "user").path("f:spec").isObject()).isTrue();
        assertThat(fieldsOf(made, "user").has("f:status")).isFalse();
        Reply told = server.patch(sheet.uri() + "/status?fieldManager=controller", "apply", both);
        assertThat(told.status()).as(told.message()).isEqualTo(200);
        assertThat(fieldsOf(told, "controller").path("f:status").isObject()).isTrue();
        assertThat(fieldsOf(told, "controller").has("f:spec")).isFalse();
    }

    private static JsonNode fieldsOf(Reply reply, String manager) {
        return reply.at("/metadata/managedFields")
                .valueStream()
                .filter(each -> each.path("manager").asString("").equals(manager))
                .findFirst()
                .orElseThrow()
                .path("fieldsV1");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void generationsCountWhatIsWantedAndNothingElse(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode created = server.create(sheet);
        boolean counted = !UNCOUNTED.contains(sheet.type().plural());
        assertThat(created.at("/metadata/generation").asInt(0)).isEqualTo(counted ? 1 : 0);
        Reply labelled = server.patch(sheet.uri(), "merge", Json.read("{\"metadata\":{\"labels\":{\"x\":\"y\"}}}"));
        assertThat(labelled.at("/metadata/generation"))
                .isEqualTo(created.path("metadata").path("generation"));
        Reply changed =
                server.put(sheet.uri(), sheet.changes("accepted").getFirst().applyTo(labelled.json()));
        assertThat(changed.status()).as(changed.message()).isEqualTo(200);
        // What of a PriorityClass can change is not what anybody acts on.
        boolean moves = counted && !sheet.type().plural().equals("priorityclasses");
        assertThat(changed.at("/metadata/generation").asInt(0)).isEqualTo(moves ? 2 : counted ? 1 : 0);
    }
}
