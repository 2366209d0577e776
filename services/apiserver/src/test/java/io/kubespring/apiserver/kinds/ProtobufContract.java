package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.Map;

/**
 * An object read as protobuf and put back as protobuf is the same object, to the byte: nothing is lost either way.
 *
 * <p>{@link #PENDING} says why the checklist has no ticks yet; once the server answers in protobuf it is empty, and then a
 * server that does not answer fails here.
 */
final class ProtobufContract {

    /** Why there are no ticks in the column; empty once there are. */
    static final String PENDING = "";

    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private final KindServer server;
    private final Sheet sheet;

    ProtobufContract(KindServer server, KindSample sample) {
        this.server = server;
        this.sheet = sample.fresh();
    }

    void check() {
        assumeThat(PENDING).as("pending").isEmpty();
        if (sheet.type().stored()) {
            server.create(sheet);
            Reply read = server.send("GET", sheet.uri(), new byte[0], Map.of("accept", PROTOBUF));
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.bytes()).startsWith('k', '8', 's', 0);
            String before = server.get(sheet.uri()).toString();
            Reply put = server.send("PUT", sheet.uri(), read.bytes(), Map.of("content-type", PROTOBUF));
            assertThat(put.status()).as(put.message()).isEqualTo(200);
            assertThat(server.get(sheet.uri()).toString()).isEqualTo(before);
        } else if (sheet.type().verbs().contains("create")) {
            server.prepare(sheet);
            Reply answer = server.send(
                    "POST",
                    sheet.collection(),
                    sheet.sample().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    Map.of("content-type", "application/json", "accept", PROTOBUF));
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.bytes()).startsWith('k', '8', 's', 0);
        }
    }
}
