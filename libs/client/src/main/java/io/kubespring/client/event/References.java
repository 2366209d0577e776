package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;

/** ObjectReferences to objects. */
public final class References {

    private References() {}

    public static ObjectReference to(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        var reference = new ObjectReference();
        reference.setApiVersion(object.getApiVersion());
        reference.setKind(object.getKind());
        reference.setNamespace(metadata.getNamespace());
        reference.setName(metadata.getName());
        reference.setUid(metadata.getUid());
        reference.setResourceVersion(metadata.getResourceVersion());
        return reference;
    }

    /** To a container of a Pod, as the kubelet's events name it. */
    public static ObjectReference toContainer(HasMetadata pod, String container) {
        ObjectReference reference = to(pod);
        reference.setFieldPath("spec.containers{" + container + "}");
        return reference;
    }
}
