package io.kubespring.apiserver.admission.plugins;

import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.ALICE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.NODE;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.json;
import static io.kubespring.apiserver.admission.plugins.AdmissionFixture.writing;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.error.StatusException;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authorization.FakeObjects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class NodeRestrictionTest {

    private static final ObjectNode MINE =
            json("{'metadata':{'name':'p','uid':'u1','labels':{'a':'b'}},'spec':{'nodeName':'n1'}}");
    private static final ObjectNode OTHERS = json("{'metadata':{'name':'q','uid':'u2'},'spec':{'nodeName':'n2'}}");

    private final FakeObjects objects = new FakeObjects()
            .put("", "pods", "{'metadata':{'namespace':'a','name':'p','uid':'u1'},'spec':{'nodeName':'n1'}}")
            .put("", "pods", "{'metadata':{'namespace':'a','name':'q','uid':'u2'},'spec':{'nodeName':'n2'}}");
    private final NodeRestriction plugin = new NodeRestriction(objects);

    /** @return the refusal's explanation, or "" if it is allowed */
    private String refusal(
            Operation operation, String resource, String name, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        try {
            plugin.validate(writing(operation, resource, "a", name, NODE), object, old);
            return "";
        } catch (StatusException refused) {
            String message = refused.getMessage();
            return message.substring(message.indexOf("is forbidden: ") + "is forbidden: ".length());
        }
    }

    @Test
    void onlyNodesAreRestricted() {
        assertThat(plugin.handles(writing(Operation.CREATE, "pods", "a", "p", ALICE)))
                .isFalse();
        assertThat(plugin.handles(writing(Operation.CREATE, "pods", "a", "p", NODE)))
                .isTrue();
    }

    @Test
    void podsMustBeMirrorPodsOnItself() {
        String mirror = "'metadata':{'annotations':{'kubernetes.io/config.mirror':'x'}}";

        assertThat(refusal(Operation.CREATE, "pods", "p", json("{'spec':{'nodeName':'n1'}}"), null))
                .endsWith("node \"n1\" can only create mirror pods");
        assertThat(refusal(Operation.CREATE, "pods", "p", json("{" + mirror + ",'spec':{'nodeName':'n1'}}"), null))
                .isEmpty();
        assertThat(refusal(Operation.CREATE, "pods", "p", json("{" + mirror + ",'spec':{'nodeName':'n2'}}"), null))
                .isEqualTo("node \"n1\" can only create pods with spec.nodeName set to itself");
        for (String part : new String[] {
            "'serviceAccountName':'x'",
            "'volumes':[{'secret':{'secretName':'s'}}]",
            "'volumes':[{'persistentVolumeClaim':{'claimName':'s'}}]",
            "'containers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]",
            "'containers':[{'env':[{'valueFrom':{'configMapKeyRef':{'name':'s'}}}]}]"
        }) {
            assertThat(refusal(
                            Operation.CREATE,
                            "pods",
                            "p",
                            json("{" + mirror + ",'spec':{'nodeName':'n1'," + part + "}}"),
                            null))
                    .as(part)
                    .startsWith("node \"n1\" can not create pods");
        }
    }

    @Test
    void onlyItsOwnPodsAreDeletedEvictedAndReported() {
        assertThat(refusal(Operation.DELETE, "pods", "p", null, MINE)).isEmpty();
        assertThat(refusal(Operation.DELETE, "pods", "q", null, OTHERS))
                .isEqualTo("node \"n1\" can only delete pods with spec.nodeName set to itself");
        assertThat(refusal(Operation.UPDATE, "pods/status", "p", MINE, MINE)).isEmpty();
        assertThat(refusal(Operation.UPDATE, "pods/status", "q", OTHERS, OTHERS))
                .isEqualTo("node \"n1\" can only update pod status for pods with spec.nodeName set to itself");
        assertThat(refusal(Operation.UPDATE, "pods/status", "p", json("{'spec':{'nodeName':'n1'}}"), MINE))
                .isEqualTo("node \"n1\" cannot update labels through pod status");
        assertThat(refusal(Operation.CREATE, "pods/eviction", "p", json("{}"), null))
                .isEmpty();
        assertThat(refusal(Operation.CREATE, "pods/eviction", "q", json("{}"), null))
                .isEqualTo("node \"n1\" can only evict pods with spec.nodeName set to itself");
    }

    @Test
    void onlyItsOwnNodeIsChanged() {
        ObjectNode node = json("{'metadata':{'name':'n1','labels':{'kubernetes.io/hostname':'n1'}},'spec':{}}");

        assertThat(refusal(Operation.CREATE, "nodes", "n1", node, null)).isEmpty();
        assertThat(refusal(Operation.UPDATE, "nodes/status", "n2", node, node))
                .isEqualTo("node \"n1\" is not allowed to modify node \"n2\"");
        assertThat(refusal(
                        Operation.UPDATE,
                        "nodes",
                        "n1",
                        json("{'metadata':{'name':'n1'},'spec':{'taints':[{'key':'x'}]}}"),
                        json("{'metadata':{'name':'n1'},'spec':{}}")))
                .isEqualTo("node \"n1\" is not allowed to modify taints");
    }

    @Test
    void labelsThatSteerWorkloadsAreNotItsOwn() {
        for (String label : new String[] {
            "node-restriction.kubernetes.io/fips", "node-role.kubernetes.io/control-plane", "x.k8s.io/y"
        }) {
            assertThat(refusal(
                            Operation.CREATE,
                            "nodes",
                            "n1",
                            json("{'metadata':{'name':'n1','labels':{'" + label + "':''}}}"),
                            null))
                    .isEqualTo("node \"n1\" is not allowed to set the following labels: " + label);
        }
        for (String label : new String[] {
            "team",
            "example.com/x",
            "kubernetes.io/arch",
            "kubelet.kubernetes.io/x",
            "node.kubernetes.io/x",
            "topology.kubernetes.io/zone"
        }) {
            assertThat(refusal(
                            Operation.CREATE,
                            "nodes",
                            "n1",
                            json("{'metadata':{'name':'n1','labels':{'" + label + "':''}}}"),
                            null))
                    .as(label)
                    .isEmpty();
        }
    }

    @Test
    void tokensMustBeBoundToItsOwnPods() {
        assertThat(refusal(Operation.CREATE, "serviceaccounts/token", "sa", json("{'spec':{}}"), null))
                .isEqualTo("node requested token not bound to a pod");
        assertThat(tokenFor("p", "")).isEqualTo("node requested token with a pod binding without a uid");
        assertThat(tokenFor("p", "u1")).isEmpty();
        assertThat(tokenFor("p", "u9"))
                .isEqualTo("the UID in the bound object reference does not match the UID in record");
        assertThat(tokenFor("q", "u2")).isEqualTo("node requested token bound to a pod scheduled on a different node");
        assertThat(tokenFor("gone", "u3")).isEqualTo("pod not found");
    }

    private String tokenFor(String pod, String uid) {
        return refusal(
                Operation.CREATE,
                "serviceaccounts/token",
                "sa",
                json("{'spec':{'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'" + pod + "','uid':'" + uid
                        + "'}}}"),
                null);
    }

    @Test
    void leasesAndCsiNodesAreItsOwn() {
        assertThat(refusal(Operation.CREATE, "leases.coordination.k8s.io", "n1", json("{}"), null))
                .isEmpty();
        assertThat(refusal(Operation.CREATE, "leases.coordination.k8s.io", "n2", json("{}"), null))
                .isEqualTo("can only access node lease with the same name as the requesting node");
        assertThat(refusal(Operation.UPDATE, "csinodes.storage.k8s.io", "n2", json("{}"), json("{}")))
                .isEqualTo("can only access CSINode with the same name as the requesting node");
    }
}
