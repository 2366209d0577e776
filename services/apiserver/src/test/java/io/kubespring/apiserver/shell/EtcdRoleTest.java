package io.kubespring.apiserver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.Permission;
import io.etcd.jetcd.api.PutRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.kubespring.service.pki.ClusterPki;
import io.kubespring.testing.etcd.EtcdServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An etcd of many tenants, whose roles each have one prefix: what others write is not watched, yet reads are consistent,
 * by progress of the watch where the version tells it truly, else by a write.
 */
class EtcdRoleTest {

    private static final String PODS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    private Path folder;

    private ClusterPki pki;
    private EtcdServer etcd;
    private ManagedChannel root;

    @BeforeEach
    void start() throws IOException {
        pki = RunningServer.pkiIn(folder.resolve("etcd-pki"));
        pki.serving("etcd", "etcd", List.of("127.0.0.1"));
        pki.client("root", "root");
        pki.client("tenant", "tenant");
        etcd = EtcdServer.startWithTls(pki.file("ca.crt"), pki.file("etcd.crt"), pki.file("etcd.key"));
        root = NettyChannelBuilder.forAddress("127.0.0.1", etcd.port())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(pki.file("ca.crt").toFile())
                        .keyManager(
                                pki.file("root.crt").toFile(),
                                pki.file("root.key").toFile())
                        .build())
                .build();
        var roles = AuthGrpc.newBlockingStub(root);
        for (String each : List.of("root", "tenant")) {
            roles.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(each)
                    .setPassword("not used")
                    .build());
            roles.roleAdd(AuthRoleAddRequest.newBuilder().setName(each).build());
            roles.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                    .setUser(each)
                    .setRole(each)
                    .build());
        }
        roles.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                .setName("tenant")
                .setPerm(Permission.newBuilder()
                        .setPermType(Permission.Type.READWRITE)
                        .setKey(ByteString.copyFromUtf8("/tenant/"))
                        .setRangeEnd(ByteString.copyFromUtf8("/tenant0")))
                .build());
        roles.authEnable(AuthEnableRequest.getDefaultInstance());
    }

    @AfterEach
    void stop() {
        root.shutdownNow();
        etcd.close();
    }

    private void somebodyElseWrites() {
        KVGrpc.newBlockingStub(root)
                .put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("/other/key"))
                        .build());
    }

    @Test
    void aServerThatMaySeeItsPrefixOnlyServesConsistentReads() {
        var flags = Map.<String, Object>of(
                "etcd-servers", etcd.endpoint(),
                "etcd-cafile", pki.file("ca.crt").toString(),
                "etcd-certfile", pki.file("tenant.crt").toString(),
                "etcd-keyfile", pki.file("tenant.key").toString(),
                "etcd-prefix", "/tenant",
                "etcd-compaction-interval", "0s");
        try (var server = new RunningServer(folder, flags)) {
            for (int i = 0; i < 20; i++) {
                somebodyElseWrites();
                assertThat(server.post(PODS, "{\"metadata\":{\"name\":\"m" + i + "\"}}")
                                .status())
                        .isEqualTo(201);
                somebodyElseWrites();
                var list = server.get(PODS);
                assertThat(list.status()).as(list.text()).isEqualTo(200);
                assertThat(list.json()
                                .path("items")
                                .valueStream()
                                .map(each -> each.at("/metadata/name").asString()))
                        .contains("m" + i);
                assertThat(server.get("/readyz").status()).isEqualTo(200);
            }
        }
    }
}
