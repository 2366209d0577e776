package io.kubespring.apiserver.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class StoredObjectTest {

    private static final SelectableFields PODS = BuiltInSelectableFields.of(new GroupResource("", "pods"));

    private static StoredObject read(String json, SelectableFields fields) {
        return StoredObject.read("/registry/x/y", json.getBytes(StandardCharsets.UTF_8), 42, fields);
    }

    private static StoredObject pod(String json) {
        return read(json, PODS);
    }

    @Test
    void theRevisionIsSplicedIntoWhatWasEncoded() {
        ObjectNode pod = CacheFixture.pod("default", "web", "n1", "a");
        ObjectNode given = pod.deepCopy();
        var stored = StoredObject.read("/registry/pods/default/web", StoredObject.encode(pod), 42, PODS);

        assertThat(pod).isEqualTo(given);
        ObjectNode expected = pod.deepCopy();
        ((ObjectNode) expected.get("metadata")).put("resourceVersion", "42");
        assertThat(Json.readObject(stored.json())).isEqualTo(expected);
        assertThat(stored.tree()).isEqualTo(expected);
        assertThat(Json.readObject(stored.json(1_000_000))
                        .at("/metadata/resourceVersion")
                        .asString())
                .isEqualTo("1000000");
        assertThat(new String(stored.stored(), StandardCharsets.UTF_8))
                .startsWith("{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{")
                .doesNotContain("resourceVersion");
    }

    @Test
    void metadataMayBeEmptyOrLast() {
        assertThat(read("{\"metadata\":{}}", SelectableFields.NONE).json())
                .asString()
                .isEqualTo("{\"metadata\":{\"resourceVersion\":\"42\"}}");
        assertThat(read(
                                "{\"data\":{\"metadata\":{\"name\":\"no\"}},\"metadata\":{\"name\":\"yes\"}}",
                                SelectableFields.NONE)
                        .name())
                .isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'a'},'spec':{}}",
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{}}",
                "{'metadata':{'name':'a'},'kind':'Pod','apiVersion':'v1','spec':{}}",
                "{'metadata':{'name':'a'},'spec':{},'kind':'Pod','apiVersion':'v1'}",
                "{'metadata':{'name':'a'},'spec':{}}"
            })
    void inAListItDoesNotSayWhatItIs(String stored) {
        var object = read(stored.replace('\'', '"'), SelectableFields.NONE);
        assertThat(object.itemJson())
                .asString()
                .isEqualTo("{\"metadata\":{\"resourceVersion\":\"42\",\"name\":\"a\"},\"spec\":{}}");
        assertThat(object.itemLength()).isEqualTo(object.itemJson().length);
    }

    @Test
    void readsWhatSelectorsAndKeysNeed() {
        StoredObject pod = pod("""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","uid":"u-1",
             "annotations":{"a":"{\\"name\\":\\"no\\",\\"labels\\":{}}"},"labels":{"app":"web","t\\u00e9l":"\\"x\\""},
             "deletionTimestamp":"2026-01-01T00:00:00Z","ownerReferences":[{"name":"rs","uid":"no"}]},
             "spec":{"containers":[{"name":"c","args":["}","]","\\\\"]}],"nodeName":"n1","hostNetwork":true},
             "status":{"phase":"Running","podIPs":[{"ip":"10.0.0.1"}],"podIP":"10.0.0.1"}}\
            """);

        assertThat(pod.name()).isEqualTo("web");
        assertThat(pod.namespace()).isEqualTo("default");
        assertThat(pod.uid()).isEqualTo("u-1");
        assertThat(pod.deleting()).isTrue();
        assertThat(pod.labels()).hasSize(2).containsEntry("app", "web").containsEntry("tél", "\"x\"");
        assertThat(pod.field("metadata.name")).isEqualTo("web");
        assertThat(pod.field("metadata.namespace")).isEqualTo("default");
        assertThat(pod.field("spec.nodeName")).isEqualTo("n1");
        assertThat(pod.field("spec.hostNetwork")).isEqualTo("true");
        assertThat(pod.field("status.phase")).isEqualTo("Running");
        assertThat(pod.field("status.podIP")).isEqualTo("10.0.0.1");
        assertThat(pod.field("spec.containers")).isNull();
    }

    @Test
    void missingFieldsHaveTheValueUpstreamGivesThem() {
        StoredObject pod = pod("{\"metadata\":{\"name\":\"web\"}}");
        assertThat(pod.field("spec.nodeName")).isEmpty();
        assertThat(pod.field("spec.hostNetwork")).isEqualTo("false");
        assertThat(pod.deleting()).isFalse();
        assertThat(pod.labels()).isEmpty();
        var jobs = BuiltInSelectableFields.of(new GroupResource("batch", "jobs"));
        assertThat(read("{\"metadata\":{},\"status\":{\"succeeded\":3}}", jobs).field("status.successful"))
                .isEqualTo("3");
        assertThat(read("{\"metadata\":{}}", jobs).field("status.successful")).isEqualTo("0");
    }

    @Test
    void everyScalarFormIsSkippedOrRead() {
        StoredObject event = read(
                "{ \"count\" : -1.5e3 , \"reason\" : null, \"type\":\"Normal\",\"metadata\" : { \"name\" : \"e\" } ,"
                        + "\"series\":[],\"source\":{\"component\":\"kubelet\"}}",
                BuiltInSelectableFields.of(new GroupResource("", "events")));
        assertThat(event.name()).isEqualTo("e");
        assertThat(event.field("reason")).isEmpty();
        assertThat(event.field("type")).isEqualTo("Normal");
        assertThat(event.field("source")).isEqualTo("kubelet");
        assertThat(Json.readObject(event.json()).at("/metadata/resourceVersion").asString())
                .isEqualTo("42");
    }

    @Test
    void whatIsNoObjectIsRefusedWithItsKey() {
        assertThatThrownBy(() -> pod("[]")).hasMessageContaining("/registry/x/y");
        assertThatThrownBy(() -> pod("{\"kind\":\"Pod\"}")).hasMessageContaining("no metadata");
    }

    @Test
    void commonStringsAreShared() {
        StoredObject one = pod("{\"metadata\":{\"name\":\"a\",\"namespace\":\"shared-space\"}}");
        StoredObject two = pod("{\"metadata\":{\"name\":\"b\",\"namespace\":\"shared-space\"}}");
        assertThat(one.namespace()).isSameAs(two.namespace());
    }

    @Test
    void revisionsOfAnyLengthAreWrittenAsDigits() {
        for (long revision : new long[] {1, 9, 10, 99, 100, 123_456_789, Long.MAX_VALUE}) {
            byte[] digits = new byte[Decimal.length(revision)];
            assertThat(Decimal.write(revision, digits, 0)).isEqualTo(digits.length);
            assertThat(digits).asString().isEqualTo(Long.toString(revision));
        }
    }
}
