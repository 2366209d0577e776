package io.kubespring.client.event;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;

/** Something that happened and is to be written. */
record PendingEvent(ObjectReference about, String type, String reason, String message, Instant at) {

    /** Where its Event lives: that of a cluster-scoped object in "default". */
    String namespace() {
        String namespace = about.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }
}
