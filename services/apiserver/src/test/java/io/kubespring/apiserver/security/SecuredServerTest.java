package io.kubespring.apiserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.authentication.Credentials;
import io.kubespring.apiserver.authentication.UserInfo;
import io.kubespring.apiserver.security.SecuredServer.Answer;
import io.kubespring.service.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Security seen through the server's front door. */
class SecuredServerTest {

    private static SecuredServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = new SecuredServer(directory);
        server.admin("POST", "/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Credentials certificate(String name, String user, String... groups) throws Exception {
        server.pki.client(name, user, groups);
        List<X509Certificate> chain = Pem.certificates(Files.readAllBytes(server.pki.file(name + ".crt")));
        return new Credentials(chain, null, Map.of());
    }

    @Test
    void clusterStartsWithItsOwnObjects() {
        assertThat(server.get("/api/v1/namespaces")
                        .path("items")
                        .valueStream()
                        .map(each -> each.path("metadata").path("name").stringValue()))
                .contains("default", "kube-system", "kube-public", "kube-node-lease");
        assertThat(server.get("/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical")
                        .path("value")
                        .intValue())
                .isEqualTo(2_000_001_000);
        assertThat(server.get("/apis/rbac.authorization.k8s.io/v1/clusterroles/view")
                        .path("rules")
                        .size())
                .isPositive();
        JsonNode service = server.get("/api/v1/namespaces/default/services/kubernetes");
        assertThat(service.path("spec").path("clusterIP").stringValue()).isEqualTo("10.96.0.1");
        assertThat(server.get("/api/v1/namespaces/default/endpoints/kubernetes")
                        .path("subsets")
                        .toString())
                .contains("\"ip\":\"10.0.0.1\"")
                .contains("\"port\":6443");
        assertThat(server.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes")
                        .path("endpoints")
                        .toString())
                .contains("10.0.0.1");
    }

    @Test
    void componentsMayDoTheirWorkAndNoMore() throws Exception {
        Credentials scheduler = certificate("scheduler", "system:kube-scheduler");

        assertThat(server.as(scheduler, "GET", "/api/v1/pods", "").status()).isEqualTo(200);
        Answer secrets = server.as(scheduler, "GET", "/api/v1/secrets", "");
        assertThat(secrets.status()).isEqualTo(403);
        assertThat(secrets.message())
                .isEqualTo("secrets is forbidden: User \"system:kube-scheduler\" cannot list resource \"secrets\""
                        + " in API group \"\" at the cluster scope");
    }

    @Test
    void anonymousSeesHealthAndVersionOnly() {
        assertThat(server.as(Credentials.NONE, "GET", "/version", "").status()).isEqualTo(200);
        assertThat(server.as(Credentials.NONE, "GET", "/api/v1/namespaces", "").message())
                .contains("User \"system:anonymous\" cannot list resource \"namespaces\"");
        assertThat(server.as(Credentials.NONE, "GET", "/metrics", "").message())
                .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/metrics\"");
    }

    @Test
    void serviceAccountTokenWorksUntilItsPodIsGone() {
        server.admin("POST", "/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'app'}}");
        server.admin(
                "POST",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                "{'metadata':{'name':'app'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'view'},"
                        + "'subjects':[{'kind':'ServiceAccount','name':'app','namespace':'default'}]}");
        Answer pod = server.admin(
                "POST",
                "/api/v1/namespaces/default/pods",
                "{'metadata':{'name':'app'},'spec':{'serviceAccountName':'app','containers':[{'name':'c','image':'i'}]}}");
        assertThat(pod.status()).as(pod.message()).isEqualTo(201);
        Answer issued = server.admin(
                "POST",
                "/api/v1/namespaces/default/serviceaccounts/app/token",
                "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'app'}}}");
        assertThat(issued.status()).as(issued.message()).isEqualTo(201);
        Credentials token =
                Credentials.token(issued.body().path("status").path("token").stringValue());

        assertThat(server.as(token, "GET", "/api/v1/namespaces/default/pods", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.as(token, "GET", "/api/v1/namespaces/default/secrets", "")
                        .status())
                .isEqualTo(403);
        assertThat(server.as(token, "GET", "/api/v1/namespaces/kube-system/pods", "")
                        .status())
                .isEqualTo(403);

        server.admin("DELETE", "/api/v1/namespaces/default/pods/app?gracePeriodSeconds=0", "");
        assertThat(server.as(token, "GET", "/api/v1/namespaces/default/pods", "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void podsGetAccountTokenVolumePriorityAndTolerations() {
        Answer pod = server.admin(
                "POST",
                "/api/v1/namespaces/default/pods?dryRun=All",
                "{'metadata':{'name':'plain'},'spec':{'containers':[{'name':'c','image':'i'}]}}");

        JsonNode spec = pod.body().path("spec");
        assertThat(pod.status()).as(pod.message()).isEqualTo(201);
        assertThat(spec.path("serviceAccountName").stringValue()).isEqualTo("default");
        assertThat(spec.path("volumes").path(0).path("name").stringValue()).startsWith("kube-api-access-");
        assertThat(spec.path("containers")
                        .path(0)
                        .path("volumeMounts")
                        .path(0)
                        .path("mountPath")
                        .stringValue())
                .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
        assertThat(spec.path("priority").intValue()).isZero();
        assertThat(spec.path("tolerations").size()).isEqualTo(2);
    }

    @Test
    void nobodyGrantsMoreThanTheyHold() {
        server.admin(
                "POST",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                "{'metadata':{'name':'eve'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'admin'},"
                        + "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'eve'}]}");
        var eve = UserInfo.of("eve", "system:authenticated");
        String roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

        Answer allowed = server.as(
                eve,
                "POST",
                roles,
                "{'metadata':{'name':'ok'},'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}");
        Answer refused = server.as(
                eve,
                "POST",
                roles,
                "{'metadata':{'name':'more'},'rules':[{'apiGroups':[''],'resources':['nodes'],'verbs':['get','delete']}]}");
        Answer bound = server.as(
                eve,
                "POST",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
                "{'metadata':{'name':'root'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'cluster-admin'},"
                        + "'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'eve'}]}");

        assertThat(allowed.status()).as(allowed.message()).isEqualTo(201);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo("roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"eve\""
                        + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently"
                        + " held:\n{APIGroups:[\"\"], Resources:[\"nodes\"], Verbs:[\"get\" \"delete\"]}");
        assertThat(bound.status()).isEqualTo(403);
    }

    @Test
    void impersonationIsAuthorizedAndThenCounts() throws Exception {
        Credentials admin = certificate("admin", "kubernetes-admin", "system:masters");
        Credentials plain = certificate("plain", "plain");

        assertThat(server.as(impersonating(admin, "nobody"), "GET", "/api/v1/pods", "")
                        .message())
                .contains("User \"nobody\" cannot list resource \"pods\"");
        assertThat(server.as(impersonating(plain, "kubernetes-admin"), "GET", "/api/v1/pods", "")
                        .message())
                .isEqualTo("users \"kubernetes-admin\" is forbidden: User \"plain\" cannot impersonate resource"
                        + " \"users\" in API group \"\" at the cluster scope");
    }

    private static Credentials impersonating(Credentials credentials, String user) {
        return new Credentials(credentials.clientCertificates(), null, Map.of("impersonate-user", List.of(user)));
    }

    @Test
    void whoMayOnlyChangeLeasesMakesNone() {
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
        server.admin(
                "POST",
                rbac + "roles",
                "{'metadata':{'name':'changer'},'rules':[{'apiGroups':['coordination.k8s.io'],'resources':['leases'],"
                        + "'verbs':['update','patch']}]}");
        server.admin(
                "POST",
                rbac + "rolebindings",
                "{'metadata':{'name':'changer'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role',"
                        + "'name':'changer'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User',"
                        + "'name':'changer'}]}");
        String leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
        String lease = "{'metadata':{'name':'l'},'spec':{'holderIdentity':'me','leaseDurationSeconds':15}}";
        Answer refused = server.as(UserInfo.of("changer"), "PUT", leases + "/l", lease);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("cannot create resource \"leases\"");
        server.admin("POST", leases, lease);
        assertThat(server.as(UserInfo.of("changer"), "PATCH", leases + "/l", "{'spec':{'holderIdentity':'you'}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namespacesGuardTheirContentAndSystemOnesCannotBeDeleted() {
        assertThat(server.admin("POST", "/api/v1/namespaces/nowhere/configmaps", "{'metadata':{'name':'c'}}")
                        .message())
                .isEqualTo("namespaces \"nowhere\" not found");
        assertThat(server.admin("DELETE", "/api/v1/namespaces/kube-system", "").message())
                .isEqualTo("namespaces \"kube-system\" is forbidden: this namespace may not be deleted");
    }

    @Test
    void freshNamespaceTakesObjectsAtOnce() {
        for (int i = 0; i < 20; i++) {
            String name = "fresh-" + i;
            assertThat(server.admin("POST", "/api/v1/namespaces", "{'metadata':{'name':'" + name + "'}}")
                            .status())
                    .isEqualTo(201);
            Answer created =
                    server.admin("POST", "/api/v1/namespaces/" + name + "/configmaps", "{'metadata':{'name':'c'}}");
            assertThat(created.status()).as(created.message()).isEqualTo(201);
        }
    }

    @Test
    void nodeSeesOnlyWhatItsPodsUse() throws Exception {
        Credentials node = certificate("node", "system:node:n1", "system:nodes");
        server.admin("POST", "/api/v1/namespaces/default/secrets", "{'metadata':{'name':'mine'}}");
        server.admin("POST", "/api/v1/namespaces/default/secrets", "{'metadata':{'name':'other'}}");
        Answer pod = server.admin(
                "POST",
                "/api/v1/namespaces/default/pods",
                "{'metadata':{'name':'on-n1'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}],"
                        + "'volumes':[{'name':'s','secret':{'secretName':'mine'}}]}}");
        assertThat(pod.status()).as(pod.message()).isEqualTo(201);

        assertThat(server.as(node, "GET", "/api/v1/namespaces/default/secrets/mine", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.as(node, "GET", "/api/v1/namespaces/default/secrets/other", "")
                        .message())
                .endsWith("no relationship found between node 'n1' and this object");
        assertThat(server.as(node, "GET", "/api/v1/pods", "").status()).isEqualTo(403);
        assertThat(server.as(node, "GET", "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.as(node, "GET", "/api/v1/nodes?fieldSelector=metadata.name%3Dn1", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.as(node, "POST", "/api/v1/nodes", "{'metadata':{'name':'n2'}}")
                        .message())
                .isEqualTo("nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"");
        Answer own = server.as(node, "POST", "/api/v1/nodes", "{'metadata':{'name':'n1'}}");
        assertThat(own.status()).as(own.message()).isEqualTo(201);
        assertThat(own.body().path("spec").path("taints").toString()).contains("node.kubernetes.io/not-ready");
    }

    @Test
    void kubeletClientOfTheServerMayUseKubeletsAndNothingElse() {
        String review = "{'apiVersion':'authorization.k8s.io/v1','kind':'SubjectAccessReview','spec':"
                + "{'user':'kube-apiserver-kubelet-client','groups':['system:authenticated'],'resourceAttributes':%s}}";
        String reviews = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

        for (String subresource : List.of("proxy", "log", "stats", "metrics")) {
            assertThat(allowed(server.admin(
                            "POST",
                            reviews,
                            review.formatted("{'verb':'create','version':'v1','resource':'nodes','subresource':'"
                                    + subresource + "','name':'n1'}"))))
                    .as(subresource)
                    .isTrue();
        }
        assertThat(allowed(server.admin(
                        "POST", reviews, review.formatted("{'verb':'get','version':'v1','resource':'secrets'}"))))
                .isFalse();
    }

    private static boolean allowed(Answer review) {
        return review.body().path("status").path("allowed").booleanValue();
    }

    @Test
    void reviewsAndDiscoveryAnswer() {
        Answer review = server.admin(
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{'apiVersion':'authentication.k8s.io/v1','kind':'SelfSubjectReview'}");
        assertThat(review.body()
                        .path("status")
                        .path("userInfo")
                        .path("username")
                        .stringValue())
                .isEqualTo("kubernetes-admin");
        Answer may = server.as(
                UserInfo.of("bob", "system:authenticated"),
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':{'resourceAttributes':{'verb':'list','resource':'pods'}}}");
        assertThat(may.body().path("status").path("allowed").booleanValue()).isFalse();
        assertThat(server.get("/.well-known/openid-configuration")
                        .path("jwks_uri")
                        .stringValue())
                .isEqualTo("https://10.0.0.1:6443/openid/v1/jwks");
        assertThat(server.get("/openid/v1/jwks").path("keys").size()).isEqualTo(1);
    }
}
