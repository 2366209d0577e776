package io.kubespring.apiserver.etcd;

import static io.kubespring.apiserver.TestServer.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.time.SystemTime;
import io.kubespring.apiserver.TestServer;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.etcd.EtcdStore;
import io.kubespring.testing.etcd.EtcdServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects that etcd does not take, or that would not even be sent to it: in the words of upstream's server. */
class SizeLimitsOnEtcdTest {

    private final EtcdServer etcd = EtcdServer.startInMemory();
    private final TestServer server =
            TestServer.over(EtcdStore.open(EtcdOptions.of(etcd.endpoint()), SystemTime.instance()));

    @AfterEach
    void close() {
        server.close();
        etcd.close();
    }

    private static String pod(int bytes) {
        return "{'metadata':{'name':'large'},'spec':{'containers':[{'name':'c','image':'i','args':['"
                + "x".repeat(bytes) + "']}]}}";
    }

    private void refused(Reply reply, String message) {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message()).startsWith(message);
        assertThat(reply.at("/reason").isMissingNode()).isTrue();
    }

    @Test
    void anObjectBeyondARequestOfEtcdIsRefusedAndBelowItIsKept() {
        refused(server.post(PODS, pod(1_574_000)), "etcdserver: request is too large");
        refused(
                server.post(PODS, pod(2_200_000)),
                "rpc error: code = ResourceExhausted desc = trying to send message larger than max (22");
        assertThat(server.get(PODS + "/large").status()).isEqualTo(404);
        assertThat(server.post(PODS, pod(1_570_000)).status()).isEqualTo(201);

        String labels = "{'metadata':{'annotations':{'a':'" + "x".repeat(10_000) + "'}}}";
        for (String kind : new String[] {"merge", "strategic-merge"}) {
            refused(server.patch(PODS + "/large", kind, labels), "etcdserver: request is too large");
        }
        assertThat(server.get(PODS + "/large").at("/metadata/annotations").isMissingNode())
                .isTrue();
    }
}
