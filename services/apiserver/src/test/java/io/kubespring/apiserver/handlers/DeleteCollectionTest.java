package io.kubespring.apiserver.handlers;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** deletecollection: selectors, limits, dry runs, finalizers. */
class DeleteCollectionTest {

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
        for (int i = 0; i < 4; i++) {
            server.post(MAPS, "{'metadata':{'name':'m" + i + "','labels':{'even':'" + (i % 2 == 0) + "'}}}");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int left() {
        return server.get(MAPS).at("/items").size();
    }

    @Test
    void itAnswersWithWhatItFound() {
        var reply = server.delete(MAPS + "?labelSelector=even%3Dtrue");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/kind").asString()).isEqualTo("ConfigMapList");
        assertThat(reply.at("/items").size()).isEqualTo(2);
        assertThat(reply.at("/items/0/metadata/name").asString()).isEqualTo("m0");
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void aLimitIsKeptAndItsTokenGoesOn() {
        var first = server.delete(MAPS + "?limit=3");
        assertThat(first.at("/items").size()).isEqualTo(3);
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
        assertThat(left()).isEqualTo(1);
        var second = server.delete(
                MAPS + "?limit=3&continue=" + first.at("/metadata/continue").asString());
        assertThat(second.at("/items").size()).isEqualTo(1);
        assertThat(left()).isZero();
    }

    @Test
    void aDryRunDeletesNothing() {
        assertThat(server.delete(MAPS + "?dryRun=All").at("/items").size()).isEqualTo(4);
        assertThat(server.delete(MAPS, "{'dryRun':['All']}").at("/items").size())
                .isEqualTo(4);
        assertThat(left()).isEqualTo(4);
    }

    @Test
    void whatIsHeldIsMarked() {
        server.patch(MAPS + "/m1", "merge", "{'metadata':{'finalizers':['example.com/f']}}");
        server.delete(MAPS + "?fieldSelector=metadata.name%3Dm1");
        assertThat(server.get(MAPS + "/m1").at("/metadata").has("deletionTimestamp"))
                .isTrue();
        assertThat(left()).isEqualTo(4);
    }

    @Test
    void preconditionsHoldForEveryObject() {
        assertThat(server.delete(MAPS, "{'preconditions':{'uid':'x'}}").status())
                .isEqualTo(409);
    }
}
