package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.authentication.UserInfo;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to say what is being written. */
final class AdmissionFixture {

    static final UserInfo ALICE = UserInfo.of("alice", "system:authenticated");
    static final UserInfo NODE = UserInfo.of("system:node:n1", "system:nodes");

    private AdmissionFixture() {}

    /** @param resource "pods", "pods/status", "leases.coordination.k8s.io" */
    static AdmissionAttributes writing(
            Operation operation, String resource, String namespace, String name, UserInfo user) {
        int slash = resource.indexOf('/');
        String subresource = slash < 0 ? "" : resource.substring(slash + 1);
        String qualified = slash < 0 ? resource : resource.substring(0, slash);
        int dot = qualified.indexOf('.');
        var plural = dot < 0
                ? new GroupResource("", qualified)
                : new GroupResource(qualified.substring(dot + 1), qualified.substring(0, dot));
        return new AdmissionAttributes(
                operation,
                new GroupVersionKind(plural.group(), "v1", "Any"),
                plural,
                subresource,
                namespace,
                name,
                user,
                false,
                null);
    }

    static AdmissionAttributes creating(String resource, String namespace, String name) {
        return writing(Operation.CREATE, resource, namespace, name, ALICE);
    }

    static ObjectNode json(String text) {
        return (ObjectNode) Json.read(text.replace('\'', '"'));
    }
}
