package io.kubespring.apiserver.encoding;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubespring.apimachinery.cbor.Cbor;
import io.kubespring.apiserver.ApiServerConfig;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.features.FeatureGates;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CBOR in and out, where the feature gate CBORServingAndStorage is on. */
class CborAnswersTest {

    private static final String CBOR = "application/cbor";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(
                ApiServerConfig.open().withFeatures(FeatureGates.parse(List.of("CBORServingAndStorage=true"))));
        server.post(MAPS, "{'metadata':{'name':'one','labels':{'l':'1'}},'data':{'k':'v'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] cbor(String json) {
        return Cbor.document(Cbor.item(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void objectsListsAndErrorsAreCbor() {
        Reply one = server.get(MAPS + "/one", CBOR);
        assertThat(HexFormat.of().formatHex(one.bytes())).startsWith("d9d9f7");
        assertThat(Cbor.decode(one.bytes(), ""))
                .isEqualTo(server.get(MAPS + "/one").json());
        assertThat(Cbor.decode(server.get(MAPS, CBOR).bytes(), ""))
                .isEqualTo(server.get(MAPS).json());
        Reply missing = server.get(MAPS + "/missing", CBOR);
        assertThat(Cbor.decode(missing.bytes(), "").at("/reason").asString()).isEqualTo("NotFound");
    }

    @Test
    void aWatchIsASequenceOfItems() {
        Reply stream = server.get(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=0&labelSelector=l", CBOR);
        var event = Cbor.decode(stream.bytes(), "");
        assertThat(event.path("type").asString()).isEqualTo("ADDED");
        assertThat(event.path("object")).isEqualTo(server.get(MAPS + "/one").json());
    }

    @Test
    void objectsAreCreatedAndApplied() {
        Reply created = server.send(
                "POST", MAPS, cbor("{'metadata':{'name':'sent'},'data':{'k':'v'}}"), Map.of("content-type", CBOR));
        assertThat(created.status()).isEqualTo(201);
        Reply applied = server.send(
                "PATCH",
                MAPS + "/sent?fieldManager=me&force=true",
                cbor("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'sent'},'data':{'k':'w'}}"),
                Map.of("content-type", "application/apply-patch+cbor"));
        assertThat(applied.status()).isEqualTo(200);
        assertThat(server.get(MAPS + "/sent").at("/data/k").asString()).isEqualTo("w");
        Reply twice =
                server.send("POST", MAPS, HexFormat.of().parseHex("a2416101416102"), Map.of("content-type", CBOR));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.message()).contains("found duplicate map key");
    }

    @Test
    void itIsNamedAmongWhatIsServed() {
        assertThat(server.get(MAPS, "text/html").message())
                .contains("protobuf, application/cbor, ")
                .endsWith(", application/cbor-seq");
    }

    @Test
    void withoutTheGateItIsNotServed() {
        try (var plain = new TestServer()) {
            assertThat(plain.get(MAPS, CBOR).status()).isEqualTo(406);
            assertThat(plain.send("POST", MAPS, cbor("{}"), Map.of("content-type", CBOR))
                            .status())
                    .isEqualTo(415);
        }
        assertThatThrownBy(() -> FeatureGates.parse(List.of("Nothing=true")))
                .hasMessage("feature-gates: unrecognized feature gate: Nothing");
        assertThatThrownBy(() -> FeatureGates.parse(List.of("CBORServingAndStorage=maybe")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
