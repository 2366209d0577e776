package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.ObjectSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's NamespaceLifecycle: nothing is written into a namespace that does not exist, nothing is created in one that
 * is being deleted, and the namespaces that the cluster itself lives in are never deleted.
 */
final class NamespaceLifecycle implements AdmissionPlugin {

    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    /** Namespaces that were looked at lately, by their names, so that not each write reads one. */
    private final AtomicReferenceArray<@Nullable Seen> seen = new AtomicReferenceArray<>(64);

    private final ObjectSource objects;

    private record Seen(String namespace, long revision, boolean terminating) {}

    NamespaceLifecycle(ObjectSource objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "NamespaceLifecycle";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return switch (attributes.operation()) {
            case CREATE, UPDATE ->
                !attributes.namespace().isEmpty() && !attributes.resource().equals(NAMESPACES);
            case DELETE -> attributes.resource().equals(NAMESPACES);
            case CONNECT -> false;
        };
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, @Nullable ObjectNode old) {
        check(attributes, object);
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        if (attributes.operation() == Operation.DELETE) {
            if (IMMORTAL.contains(attributes.name())) {
                throw Refusal.of(attributes, "this namespace may not be deleted");
            }
        } else if (attributes.operation() == Operation.CREATE) {
            // Again: the namespace may have begun to terminate since the first look.
            check(attributes, object);
        }
    }

    private void check(AdmissionAttributes attributes, @Nullable ObjectNode object) {
        String namespace = attributes.namespace();
        ObjectSource.Item item = objects.get(NAMESPACES, "", namespace);
        if (item == null) {
            throw StatusException.notFound(NAMESPACES, namespace);
        }
        if (attributes.operation() == Operation.CREATE && isTerminating(item)) {
            throw terminating(attributes, object, namespace);
        }
    }

    private boolean isTerminating(ObjectSource.Item namespace) {
        int slot = namespace.name().hashCode() & seen.length() - 1;
        Seen known = seen.get(slot);
        if (known == null
                || known.revision() != namespace.revision()
                || !known.namespace().equals(namespace.name())) {
            known = new Seen(namespace.name(), namespace.revision(), isTerminating(namespace.tree()));
            seen.set(slot, known);
        }
        return known.terminating();
    }

    private static boolean isTerminating(JsonNode namespace) {
        return namespace.path("metadata").has("deletionTimestamp")
                || Trees.text(namespace.path("status"), "phase").equals("Terminating");
    }

    private static StatusException terminating(
            AdmissionAttributes attributes, @Nullable ObjectNode object, String namespace) {
        // Nobody has made a name up yet.
        String name = attributes.name().isEmpty() && object != null
                ? Trees.text(object.path("metadata"), "generateName")
                : attributes.name();
        StatusException refusal = StatusException.forbidden(
                attributes.resource(),
                name,
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        var cause = new StatusException.Cause(
                "NamespaceTerminating", "namespace " + namespace + " is being terminated", "metadata.namespace");
        var details = refusal.details();
        return new StatusException(
                StatusReason.FORBIDDEN,
                StatusReason.FORBIDDEN.code(),
                refusal.getMessage(),
                new StatusException.Details(details.name(), details.group(), details.kind(), "", List.of(cause), null));
    }
}
