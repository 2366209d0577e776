package io.kubespring.apiserver.strategies;

import static io.kubespring.apiserver.TestServer.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server does to volumes, claims, slices, secrets and nodes as they are written, and what it warns of. */
class CoreStrategiesTest {

    private static final String CLAIMS = NS + "/persistentvolumeclaims";
    private static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String CLAIM = "{'metadata':{'name':'%s'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Gi'}}%s}}";

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatAClaimStartsWithStandsInBothFields() {
        var old = server.post(
                CLAIMS, CLAIM.formatted("old", ",'dataSource':{'kind':'PersistentVolumeClaim','name':'a'}"));
        assertThat(old.at("/spec/dataSourceRef/name").asString()).isEqualTo("a");
        var snapshot = "{'apiGroup':'snapshot.storage.k8s.io','kind':'VolumeSnapshot','name':'s'}";
        var fresh = server.post(CLAIMS, CLAIM.formatted("fresh", ",'dataSourceRef':" + snapshot));
        assertThat(fresh.at("/spec/dataSource")).isEqualTo(fresh.at("/spec/dataSourceRef"));

        var ignored = server.post(
                CLAIMS, CLAIM.formatted("other", ",'dataSource':{'apiGroup':'a.example','kind':'Thing','name':'a'}"));
        assertThat(ignored.json().path("spec").has("dataSource")).isFalse();
        var populated = server.post(
                CLAIMS,
                CLAIM.formatted("populated", ",'dataSourceRef':{'apiGroup':'a.example','kind':'Thing','name':'a'}"));
        assertThat(populated.at("/spec/dataSource/kind").asString()).isEqualTo("Thing");
        var elsewhere = server.post(
                CLAIMS,
                CLAIM.formatted(
                        "elsewhere", ",'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'a','namespace':'b'}"));
        assertThat(elsewhere.json().path("spec").has("dataSourceRef")).isFalse();
    }

    @Test
    void aClientThatKnowsOnlyTheOldFieldOfAClaimKeepsTheOther() {
        var source = "{'kind':'PersistentVolumeClaim','name':'a'}";
        server.post(CLAIMS, CLAIM.formatted("kept", ",'dataSource':" + source));
        var put = server.put(CLAIMS + "/kept", CLAIM.formatted("kept", ",'dataSource':" + source));
        assertThat(put.status()).as(put.message()).isEqualTo(200);
        assertThat(put.at("/spec/dataSourceRef/name").asString()).isEqualTo("a");
    }

    @Test
    void aVolumeSaysSinceWhenItIsInItsPhase() {
        var made = server.post(
                VOLUMES,
                "{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                        + "'persistentVolumeReclaimPolicy':'Recycle','hostPath':{'path':'/d'}}}");
        assertThat(made.at("/status/lastPhaseTransitionTime").asString()).isNotEmpty();
        assertThat(made.warnings()).singleElement().asString().contains("The Recycle reclaim policy is deprecated.");
        String early = "2020-01-01T00:00:00Z";
        var told = server.patch(
                VOLUMES + "/v/status",
                "merge",
                "{'status':{'phase':'Available','lastPhaseTransitionTime':'" + early + "'}}");
        assertThat(told.at("/status/lastPhaseTransitionTime").asString()).isEqualTo(early);
        var kept = server.patch(VOLUMES + "/v/status", "merge", "{'status':{'lastPhaseTransitionTime':null}}");
        assertThat(kept.at("/status/lastPhaseTransitionTime").asString()).isEqualTo(early);
        var moved = server.patch(VOLUMES + "/v/status", "merge", "{'status':{'phase':'Bound'}}");
        assertThat(moved.at("/status/lastPhaseTransitionTime").asString()).isNotEqualTo(early);
    }

    @Test
    void aSlicesGenerationCountsItsLabelsToo() {
        String slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
        var made = server.post(
                slices,
                "{'metadata':{'name':'s'},'addressType':'IPv4','endpoints':[{'addresses':['10.1.0.1'],"
                        + "'deprecatedTopology':{'kubernetes.io/hostname':'n'}}]}");
        assertThat(made.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(made.at("/endpoints/0").has("deprecatedTopology")).isFalse();
        var labelled = server.patch(slices + "/s", "merge", "{'metadata':{'labels':{'a':'b'}}}");
        assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(2);
        var annotated = server.patch(slices + "/s", "merge", "{'metadata':{'annotations':{'a':'b'}}}");
        assertThat(annotated.at("/metadata/generation").asInt()).isEqualTo(2);
        var changed = server.patch(slices + "/s", "merge", "{'endpoints':[{'addresses':['10.1.0.2']}]}");
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(3);
    }

    @Test
    void halvesOfAKeyPairThatDoNotFitAreTold() {
        String secret =
                "{'metadata':{'generateName':'t'},'type':'kubernetes.io/tls','stringData':{'tls.crt':'%s','tls.key':'%s'}}";
        String block = "-----BEGIN %s-----\\nAAAA\\n-----END %s-----\\n";
        String key = block.formatted("EC PRIVATE KEY", "EC PRIVATE KEY");
        String certificate = block.formatted("CERTIFICATE", "CERTIFICATE");
        assertThat(server.post(NS + "/secrets", secret.formatted("x", "y")).warnings())
                .containsExactly("299 - \"tls: failed to find any PEM data in certificate input\"");
        assertThat(server.post(NS + "/secrets", secret.formatted(key, "y")).warnings())
                .singleElement()
                .asString()
                .contains("did find a private key; PEM inputs may have been switched");
        assertThat(server.post(NS + "/secrets", secret.formatted(certificate, "y"))
                        .warnings())
                .containsExactly("299 - \"tls: failed to find any PEM data in key input\"");
        assertThat(server.post(NS + "/secrets", secret.formatted(certificate, certificate))
                        .warnings())
                .containsExactly("299 - \"tls: found a certificate rather than a key in the PEM for the private key\"");
        assertThat(server.post(NS + "/secrets", "{'metadata':{'name':'plain'}}").warnings())
                .isEmpty();
    }

    @Test
    void aServiceThatBecomesAnotherTypeLosesWhatTheTypeHasNot() {
        String services = NS + "/services";
        var made = server.post(
                services,
                "{'metadata':{'name':'s'},'spec':{'type':'LoadBalancer','loadBalancerClass':'a/b',"
                        + "'externalTrafficPolicy':'Local','ports':[{'port':80}]}}");
        assertThat(made.at("/spec/healthCheckNodePort").asInt()).isPositive();
        server.patch(services + "/s/status", "merge", "{'status':{'loadBalancer':{'ingress':[{'ip':'1.2.3.4'}]}}}");
        var internal = server.patch(services + "/s", "merge", "{'spec':{'type':'ClusterIP'}}");
        assertThat(internal.status()).as(internal.message()).isEqualTo(200);
        var spec = internal.at("/spec");
        for (String field : List.of(
                "loadBalancerClass", "externalTrafficPolicy", "healthCheckNodePort", "allocateLoadBalancerNodePorts")) {
            assertThat(spec.has(field)).as(field).isFalse();
        }
        assertThat(spec.at("/ports/0").has("nodePort")).isFalse();
        assertThat(internal.at("/status/loadBalancer")).isEmpty();
        var external =
                server.patch(services + "/s", "merge", "{'spec':{'type':'ExternalName','externalName':'db.example'}}");
        assertThat(external.status()).as(external.message()).isEqualTo(200);
        assertThat(external.at("/spec").propertyNames())
                .doesNotContain("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");
        assertThat(external.at("/spec/internalTrafficPolicy").asString()).isEqualTo("Cluster");
    }
}
