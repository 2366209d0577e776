package io.kubespring.kinds.warnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.tree.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreWarningsTest {

    private static Field object(String json) {
        return Field.root(Json.read(json.replace('\'', '"')));
    }

    private static List<String> lines(String expected) {
        return expected.isEmpty() ? List.of() : List.of(expected.split(";;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'type':'ClusterIP','clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'sessionAffinity':'ClientIP'}}"
                        + " | ``",
                "{'spec':{'type':'ClusterIP','clusterIP':'None','externalIPs':['1.1.1.1'],'loadBalancerIP':'2.2.2.2','sessionAffinity':'ClientIP'}}"
                        + " | spec.loadBalancerIP is ignored for headless services;;spec.externalIPs is ignored for"
                        + " headless services;;spec.SessionAffinity is ignored for headless services",
                "{'spec':{'type':'NodePort','externalIPs':['1.1.1.1']}} | spec.externalIPs is deprecated and may no"
                        + " longer be implemented in some clusters",
                "{'spec':{'type':'ExternalName','externalIPs':['1.1.1.1'],'externalName':'a.b'}} | spec.externalIPs is"
                        + " ignored when spec.type is \"ExternalName\"",
                "{'spec':{'type':'ClusterIP','externalName':'a.b'}} | spec.externalName is ignored when spec.type is"
                        + " not \"ExternalName\"",
                "{'spec':{'trafficDistribution':'PreferClose'}} | spec.trafficDistribution: \"PreferClose\" is"
                        + " deprecated; use \"PreferSameZone\"",
                "{'metadata':{'annotations':{'service.kubernetes.io/topology-aware-hints':'Auto'}}} | annotation"
                        + " service.kubernetes.io/topology-aware-hints is deprecated, please use"
                        + " service.kubernetes.io/topology-mode instead",
                "{'spec':{'clusterIP':'FD00::1','clusterIPs':['FD00::1']}} | spec.clusterIPs[0]: IPv6 address"
                        + " \"FD00::1\" should be in RFC 5952 canonical format (\"fd00::1\")",
                "{'spec':{'loadBalancerIP':'010.1.1.1'}} | spec.loadBalancerIP: non-standard IP address \"010.1.1.1\""
                        + " is invalid: use \"10.1.1.1\"",
                "{'spec':{'loadBalancerSourceRanges':[' FD00::/64']}} | spec.loadBalancerSourceRanges[0]: IPv6 CIDR"
                        + " value \"FD00::/64\" should be in RFC 5952 canonical format (\"fd00::/64\")",
            })
    void ofServices(String service, String expected) {
        assertThat(ServiceWarnings.service(object(service))).isEqualTo(lines(expected));
    }

    @Test
    void ofEndpoints() {
        assertThat(ServiceWarnings.endpoints(object("{'subsets':[{'notReadyAddresses':[{'ip':'FD00::1'}]}]}")))
                .containsExactly("subsets[0].notReadyAddresses[0].ip: IPv6 address \"FD00::1\" should be in RFC 5952"
                        + " canonical format (\"fd00::1\")");
        var names = object("{'addressType':'FQDN','endpoints':[{'addresses':['a.example']}]}");
        assertThat(ServiceWarnings.endpointSlice(names, null))
                .containsExactly("spec.addressType: FQDN endpoints are deprecated");
        assertThat(ServiceWarnings.endpointSlice(names, names)).isEmpty();
        String slice = "{'addressType':'IPv6','endpoints':[{'addresses':['FD00::1']}]%s}";
        assertThat(ServiceWarnings.endpointSlice(object(slice.formatted("")), null))
                .containsExactly("endpoints[0].addresses[0]: IPv6 address \"FD00::1\" should be in RFC 5952 canonical"
                        + " format (\"fd00::1\")");
        String ours =
                ",'metadata':{'labels':{'endpointslice.kubernetes.io/managed-by':'endpointslice-controller.k8s.io'}}";
        assertThat(ServiceWarnings.endpointSlice(object(slice.formatted(ours)), null))
                .isEmpty();
    }

    @Test
    void ofVolumes() {
        assertThat(StorageWarnings.volume(
                        object("{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'a',"
                                + "'volume.beta.kubernetes.io/mount-options':'ro'}},'spec':{'persistentVolumeReclaimPolicy':'Recycle',"
                                + "'rbd':{},'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchExpressions':"
                                + "[{'key':'beta.kubernetes.io/os'}]}]}}}}")))
                .containsExactly(
                        "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
                                + " \"storageClassName\" attribute instead",
                        "metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use"
                                + " \"mountOptions\" attribute instead",
                        "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                                + " recommended approach is to use dynamic provisioning.",
                        "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].key:"
                                + " beta.kubernetes.io/os is deprecated since v1.14; use \"kubernetes.io/os\" instead",
                        "spec.rbd: deprecated in v1.28, non-functional in v1.31+");
        assertThat(StorageWarnings.claim(object("{'spec':{'resources':{'requests':{'storage':'1500m'}}}}")))
                .containsExactly(
                        "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an"
                                + " integer");
    }

    @Test
    void ofClassesAndCapacities() {
        String label = "beta.kubernetes.io/arch";
        String replaced = "deprecated since v1.14; use \"kubernetes.io/arch\" instead";
        assertThat(StorageWarnings.storageClass(
                        object("{'allowedTopologies':[{'matchLabelExpressions':[{'key':'" + label + "'}]}]}")))
                .containsExactly("allowedTopologies[0].matchLabelExpressions[0].key: " + label + " is " + replaced);
        assertThat(StorageWarnings.capacity(object("{'nodeTopology':{'matchExpressions':[{'key':'" + label
                        + "'}],'matchLabels':{'" + label + "':'a'}}}")))
                .containsExactly(
                        "nodeTopology.matchExpressions[0].key: " + label + " is " + replaced,
                        "nodeTopology.matchLabels." + label + ": " + replaced);
    }

    @Test
    void ofNodesAndAccounts() {
        assertThat(CoreWarnings.node(object("{'spec':{'configSource':{},'externalID':'x'}}")))
                .containsExactly(
                        "spec.configSource: the feature is removed",
                        "spec.externalID: this field is deprecated, and is unused by Kubernetes");
        Field account = object("{'metadata':{'annotations':{'kubernetes.io/enforce-mountable-secrets':'true'}}}");
        assertThat(CoreWarnings.serviceAccount(account, null))
                .containsExactly("metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+;"
                        + " prefer separate namespaces to isolate access to mounted secrets");
        assertThat(CoreWarnings.serviceAccount(account, account)).isEmpty();
    }
}
