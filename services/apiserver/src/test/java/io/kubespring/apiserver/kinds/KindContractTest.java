package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.kinds.KindSample.Change;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every built-in resource is held to, one test an {@link Aspect}, run over the {@link KindSamples} against a real
 * server. The checklist in {@code docs/kinds.md} is made of these tests and the samples.
 */
class KindContractTest {

    private static KindServer server;

    @BeforeAll
    static void start() {
        server = new KindServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<KindSample> samples() {
        return KindSamples.with("sample");
    }

    static Stream<KindSample> defaulted() {
        return KindSamples.with("defaulted");
    }

    static Stream<KindSample> changing() {
        return KindSamples.all().stream()
                .filter(each -> each.fresh().has("immutable") || each.fresh().has("accepted"));
    }

    static Stream<KindSample> stored() {
        return samples().filter(each -> each.type().stored());
    }

    static Stream<KindSample> tabular() {
        return KindSamples.with("columns");
    }

    static Stream<KindSample> refusing() {
        return KindSamples.with("refused");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void verbs(KindSample sample) {
        new VerbsContract(server, sample).check();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void subresources(KindSample sample) {
        new SubresourcesContract(server, sample.fresh()).check();
    }

    @ParameterizedTest
    @MethodSource("defaulted")
    void defaulting(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode created = server.create(sheet);
        sheet.part("defaulted")
                .properties()
                .forEach(each -> Trees.assertHolds(
                        created.path(each.getKey()),
                        each.getValue(),
                        sheet.sample().path(each.getKey()),
                        each.getKey()));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void validation(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.prepare(sheet);
        for (Change change : sheet.changes("refused")) {
            var answer = server.post(sheet.collection(), change.applyTo(sheet.sample()));
            KindServer.assertRefused(answer, change);
        }
        assertThat(server.post(sheet.collection(), sheet.sample()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void immutable(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.create(sheet);
        for (Change change : sheet.changes("immutable")) {
            ObjectNode current = server.get(sheet.uri());
            KindServer.assertRefused(server.put(sheet.uri(), change.applyTo(current)), change);
        }
        for (Change change : sheet.changes("accepted")) {
            ObjectNode current = server.get(sheet.uri());
            var answer = server.put(sheet.uri(), change.applyTo(current));
            assertThat(answer.status())
                    .as("%s: %s", change.set(), answer.message())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("stored")
    void selectable(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode created = server.create(sheet);
        ObjectNode fields = sheet.part("selectable").deepCopy();
        if (sheet.type().namespaced()) {
            fields.put("metadata.namespace", sheet.namespace());
        }
        fields.put("metadata.name", created.at("/metadata/name").asString());
        String only = "metadata.name=" + created.at("/metadata/name").asString();
        fields.properties().forEach(each -> {
            String given = each.getValue().asString();
            String value = given.equals("?")
                    ? created.at("/" + each.getKey().replace('.', '/')).asString()
                    : given;
            assertThat(server.count(sheet, only + "," + each.getKey() + "=" + value))
                    .as("%s=%s", each.getKey(), value)
                    .isEqualTo(1);
            assertThat(server.count(sheet, only + "," + each.getKey() + "!=" + value))
                    .as("%s!=%s", each.getKey(), value)
                    .isZero();
        });
        var unknown = server.call("GET", sheet.collection() + "?fieldSelector=spec.nonsense%3Dx", "");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message())
                .contains("spec.nonsense")
                .containsAnyOf("not supported", "not a known field selector");
    }

    @ParameterizedTest
    @MethodSource("tabular")
    void columns(KindSample sample) {
        Sheet sheet = sample.fresh();
        if (sheet.type().stored()) {
            server.create(sheet);
        }
        ObjectNode table = server.table(sheet);
        assertThat(table.path("columnDefinitions")
                        .valueStream()
                        .map(each -> each.path("name").asString()
                                + (each.path("priority").asInt(0) > 0 ? "*" : "")))
                .containsExactlyElementsOf(
                        sheet.list("columns").stream().map(JsonNode::asString).toList());
        JsonNode cells = table.at("/rows/0/cells");
        int i = 0;
        for (JsonNode expected : sheet.list("row")) {
            if (!expected.asString("").equals("?")) {
                assertThat(cells.path(i).asString())
                        .as(sheet.list("columns").get(i).asString())
                        .isEqualTo(expected.asString());
            }
            i++;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void protobuf(KindSample sample) {
        new ProtobufContract(server, sample).check();
    }
}
