package io.kubespring.apiserver.encoding;

import static io.kubespring.apiserver.TestServer.DEPLOYMENTS;
import static io.kubespring.apiserver.TestServer.MAPS;
import static io.kubespring.apiserver.TestServer.NS;
import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Policy;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.request.ApiResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a typed Go client sends and reads, through the official Java client's messages. */
class ProtobufAnswersTest {

    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String METADATA = PROTOBUF + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String METADATA_LIST = PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
        server.post(MAPS, "{'metadata':{'name':'one','labels':{'l':'1'}},'data':{'k':'v'},'binaryData':{'b':'AAE='}}");
        server.post(MAPS, "{'metadata':{'name':'two','labels':{'l':'1'}},'data':{'k':'é'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Runtime.Unknown envelope(byte[] body) throws InvalidProtocolBufferException {
        assertThat(body).startsWith('k', '8', 's', 0);
        return Runtime.Unknown.parseFrom(ByteString.copyFrom(body, 4, body.length - 4));
    }

    private static byte[] body(String apiVersion, String kind, com.google.protobuf.Message message) {
        byte[] unknown = Runtime.Unknown.newBuilder()
                .setTypeMeta(
                        Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(message.toByteString())
                .build()
                .toByteArray();
        return ByteBuffer.allocate(unknown.length + 4)
                .put("k8s\0".getBytes(StandardCharsets.US_ASCII))
                .put(unknown)
                .array();
    }

    private static Reply get(String uri, String accept) {
        return server.get(uri, accept);
    }

    private static Reply send(String method, String uri, byte[] body) {
        return server.send(method, uri, body, Map.of("content-type", PROTOBUF, "accept", PROTOBUF));
    }

    @Test
    void anObjectIsReadAsItsMessage() throws InvalidProtocolBufferException {
        var unknown = envelope(get(MAPS + "/one", PROTOBUF).bytes());
        assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo("v1");
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("ConfigMap");
        var map = V1.ConfigMap.parseFrom(unknown.getRaw());
        assertThat(map.getMetadata().getName()).isEqualTo("one");
        assertThat(map.getMetadata().getResourceVersion())
                .isEqualTo(server.get(MAPS + "/one")
                        .at("/metadata/resourceVersion")
                        .asString());
        assertThat(map.getDataMap()).containsEntry("k", "v");
        assertThat(map.getBinaryDataMap().get("b").toByteArray()).containsExactly(0, 1);
    }

    @Test
    void aListHoldsMessagesWithoutEnvelopes() throws InvalidProtocolBufferException {
        var unknown = envelope(get(MAPS + "?labelSelector=l%3D1", PROTOBUF).bytes());
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("ConfigMapList");
        var list = V1.ConfigMapList.parseFrom(unknown.getRaw());
        assertThat(list.getItemsList())
                .extracting(each -> each.getMetadata().getName())
                .containsExactly("one", "two");
        assertThat(list.getMetadata().getResourceVersion()).isNotEmpty();
        var page = V1.ConfigMapList.parseFrom(
                envelope(get(MAPS + "?limit=1", PROTOBUF).bytes()).getRaw());
        assertThat(page.getMetadata().getContinue()).isNotEmpty();
        assertThat(page.getMetadata().getRemainingItemCount()).isPositive();
        var none = envelope(get(MAPS + "?labelSelector=l%3D2", PROTOBUF).bytes());
        assertThat(V1.ConfigMapList.parseFrom(none.getRaw()).getItemsCount()).isZero();
    }

    @Test
    void aLongListComesInPiecesOfTheAnnouncedLength() throws InvalidProtocolBufferException {
        server.post("/api/v1/namespaces", "{'metadata':{'name':'many'}}");
        String many = "/api/v1/namespaces/many/configmaps";
        for (int i = 0; i < 40; i++) {
            server.post(many, "{'metadata':{'name':'m" + i + "'},'data':{'k':'" + "x".repeat(5_000) + "'}}");
        }
        ApiResponse answer = server.answer("GET", many, "", Map.of("accept", PROTOBUF));
        assertThat(answer).isInstanceOf(ApiResponse.Streamed.class);
        var list =
                V1.ConfigMapList.parseFrom(envelope(get(many, PROTOBUF).bytes()).getRaw());
        assertThat(list.getItemsCount()).isEqualTo(40);
        assertThat(list.getItems(39).getDataOrThrow("k")).hasSize(5_000);
    }

    @Test
    void objectsAreCreatedAndReplaced() throws InvalidProtocolBufferException {
        var map = V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("sent").setNamespace(""))
                .putData("k", "v")
                .build();
        Reply created = send("POST", MAPS, body("v1", "ConfigMap", map));
        assertThat(created.status()).isEqualTo(201);
        var read = V1.ConfigMap.parseFrom(envelope(created.bytes()).getRaw());
        assertThat(read.getMetadata().getUid()).isNotEmpty();
        var changed = read.toBuilder().putData("k", "w").build();
        Reply replaced = send("PUT", MAPS + "/sent", body("v1", "ConfigMap", changed));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(server.get(MAPS + "/sent").at("/data/k").asString()).isEqualTo("w");
    }

    @Test
    void errorsAreStatusMessages() throws InvalidProtocolBufferException {
        Reply missing = get(MAPS + "/missing", PROTOBUF);
        assertThat(missing.status()).isEqualTo(404);
        var unknown = envelope(missing.bytes());
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("Status");
        var status = Meta.Status.parseFrom(unknown.getRaw());
        assertThat(status.getCode()).isEqualTo(404);
        assertThat(status.getReason()).isEqualTo("NotFound");
        assertThat(status.getDetails().getName()).isEqualTo("missing");
        Reply garbage = send("POST", MAPS, new byte[] {1, 2, 3});
        assertThat(Meta.Status.parseFrom(envelope(garbage.bytes()).getRaw()).getCode())
                .isEqualTo(400);
    }

    @Test
    void deletingReadsOptionsAndAnswersAStatus() throws InvalidProtocolBufferException {
        server.post(MAPS, "{'metadata':{'name':'gone'}}");
        var wrong = Meta.DeleteOptions.newBuilder()
                .setPreconditions(Meta.Preconditions.newBuilder().setUid("other"))
                .build();
        assertThat(send("DELETE", MAPS + "/gone", body("v1", "DeleteOptions", wrong))
                        .status())
                .isEqualTo(409);
        var options = Meta.DeleteOptions.newBuilder().setGracePeriodSeconds(0).build();
        Reply deleted = send("DELETE", MAPS + "/gone", body("meta.k8s.io/v1", "DeleteOptions", options));
        var status = Meta.Status.parseFrom(envelope(deleted.bytes()).getRaw());
        assertThat(status.getStatus()).isEqualTo("Success");
        assertThat(status.getDetails().getKind()).isEqualTo("configmaps");
    }

    @Test
    void subresourcesAnswerTheirOwnKinds() throws InvalidProtocolBufferException {
        server.post(
                DEPLOYMENTS,
                "{'metadata':{'name':'web'},'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':"
                        + "{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
        var scale = V1Autoscaling.Scale.parseFrom(
                envelope(get(DEPLOYMENTS + "/web/scale", PROTOBUF).bytes()).getRaw());
        assertThat(scale.getSpec().getReplicas()).isEqualTo(2);
        var more = scale.toBuilder()
                .setSpec(V1Autoscaling.ScaleSpec.newBuilder().setReplicas(0))
                .build();
        Reply scaled = send("PUT", DEPLOYMENTS + "/web/scale", body("autoscaling/v1", "Scale", more));
        assertThat(scaled.status()).isEqualTo(200);
        var deployment = V1Apps.Deployment.parseFrom(
                envelope(get(DEPLOYMENTS + "/web", PROTOBUF).bytes()).getRaw());
        assertThat(deployment.getSpec().hasReplicas()).isTrue();
        assertThat(deployment.getSpec().getReplicas()).isZero();

        server.post(PODS, "{'metadata':{'name':'evicted'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
        var eviction = V1Policy.Eviction.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("evicted").setNamespace("default"))
                .build();
        Reply evicted = send("POST", PODS + "/evicted/eviction", body("policy/v1", "Eviction", eviction));
        assertThat(Meta.Status.parseFrom(envelope(evicted.bytes()).getRaw()).getStatus())
                .isEqualTo("Success");
    }

    @Test
    void metadataOfOneAndOfMany() throws InvalidProtocolBufferException {
        var one = envelope(get(MAPS + "/one", METADATA).bytes());
        assertThat(one.getTypeMeta().getKind()).isEqualTo("PartialObjectMetadata");
        assertThat(one.getTypeMeta().getApiVersion()).isEqualTo("meta.k8s.io/v1");
        assertThat(Meta.PartialObjectMetadata.parseFrom(one.getRaw())
                        .getMetadata()
                        .getLabelsOrThrow("l"))
                .isEqualTo("1");
        var many = envelope(get(MAPS + "?labelSelector=l", METADATA_LIST).bytes());
        assertThat(many.getTypeMeta().getKind()).isEqualTo("PartialObjectMetadataList");
        assertThat(Meta.PartialObjectMetadataList.parseFrom(many.getRaw()).getItemsList())
                .extracting(each -> each.getMetadata().getName())
                .containsExactly("one", "two");
        var beta = envelope(get(MAPS + "?labelSelector=l", METADATA_LIST.replace("v=v1", "v=v1beta1"))
                .bytes());
        assertThat(beta.getTypeMeta().getApiVersion()).isEqualTo("meta.k8s.io/v1beta1");
        // The fields of this version's list are numbered the other way round.
        assertThat(beta.getRaw().byteAt(0)).isEqualTo((byte) (1 << 3 | 2));
    }

    @Test
    void aWatchIsFramedByLengths() throws InvalidProtocolBufferException {
        Reply stream = get(
                MAPS + "?watch=true&timeoutSeconds=1&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan&labelSelector=l",
                PROTOBUF + ";stream=watch");
        List<Meta.WatchEvent> events = frames(stream.bytes());
        assertThat(events).extracting(Meta.WatchEvent::getType).startsWith("ADDED", "ADDED", "BOOKMARK");
        var added = envelope(events.getFirst().getObject().getRaw().toByteArray());
        assertThat(added.getTypeMeta().getKind()).isEqualTo("ConfigMap");
        assertThat(V1.ConfigMap.parseFrom(added.getRaw()).getMetadata().getName())
                .isEqualTo("one");
        var bookmark = V1.ConfigMap.parseFrom(
                envelope(events.get(2).getObject().getRaw().toByteArray()).getRaw());
        assertThat(bookmark.getMetadata().getAnnotationsMap()).containsEntry("k8s.io/initial-events-end", "true");
    }

    @Test
    void aWatchOfMetadataShowsDeletionsUnderTheirRevision() throws InvalidProtocolBufferException {
        server.post(MAPS, "{'metadata':{'name':'brief','labels':{'brief':''}},'data':{'k':'v'}}");
        String version = server.get(MAPS).at("/metadata/resourceVersion").asString();
        server.delete(MAPS + "/brief");
        Reply stream =
                get(MAPS + "?watch=true&timeoutSeconds=1&labelSelector=brief&resourceVersion=" + version, METADATA);
        Meta.WatchEvent deleted = frames(stream.bytes()).getFirst();
        assertThat(deleted.getType()).isEqualTo("DELETED");
        var unknown = envelope(deleted.getObject().getRaw().toByteArray());
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("PartialObjectMetadata");
        var metadata = Meta.PartialObjectMetadata.parseFrom(unknown.getRaw()).getMetadata();
        assertThat(Long.parseLong(metadata.getResourceVersion())).isGreaterThan(Long.parseLong(version));
    }

    @Test
    void anExpiredWatchEndsWithAStatus() throws InvalidProtocolBufferException {
        try (var old = TestServer.withAPast()) {
            Reply stream = old.get(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=1", PROTOBUF);
            Meta.WatchEvent error = frames(stream.bytes()).getFirst();
            assertThat(error.getType()).isEqualTo("ERROR");
            var status = Meta.Status.parseFrom(
                    envelope(error.getObject().getRaw().toByteArray()).getRaw());
            assertThat(status.getCode()).isEqualTo(410);
        }
    }

    private static List<Meta.WatchEvent> frames(byte[] stream) throws InvalidProtocolBufferException {
        List<Meta.WatchEvent> events = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(stream);
        while (rest.hasRemaining()) {
            int length = rest.getInt();
            int from = rest.position();
            events.add(Meta.WatchEvent.parseFrom(Arrays.copyOfRange(stream, from, from + length)));
            rest.position(from + length);
        }
        return events;
    }

    @Test
    void reviewsAndTokensAreAnsweredInProtobuf() throws InvalidProtocolBufferException {
        Reply review = server.send(
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{}".getBytes(StandardCharsets.UTF_8),
                Map.of("accept", PROTOBUF + ",application/json"));
        assertThat(envelope(review.bytes()).getTypeMeta().getKind()).isEqualTo("SelfSubjectReview");
        Reply namespace = server.send(
                "POST",
                "/api/v1/namespaces",
                body(
                        "v1",
                        "Namespace",
                        V1.Namespace.newBuilder()
                                .setMetadata(Meta.ObjectMeta.newBuilder().setName("typed"))
                                .build()),
                Map.of("content-type", PROTOBUF));
        assertThat(namespace.status()).isEqualTo(201);
        assertThat(namespace.at("/status/phase").asString()).isEqualTo("Active");
        assertThat(server.get(NS).status()).isEqualTo(200);
    }
}
