package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupResource;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.storage.Store;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The 409 of a create whose name is taken, which says whether another try may help. */
final class NameTaken {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private NameTaken() {}

    /** @param there what has the name, null if it has gone meanwhile */
    static StatusException refuse(GroupResource resource, ObjectNode refused, Store.@Nullable Entry there) {
        boolean generated = !Metadata.text(refused, "generateName").isEmpty();
        String name = Metadata.name(refused);
        String leaving =
                there != null && Metadata.deleting(Json.readObject(there.value())) ? "object is being deleted: " : "";
        String unlucky = generated ? ", the server was not able to generate a unique name for the object" : "";
        return new StatusException(
                StatusReason.ALREADY_EXISTS,
                StatusReason.ALREADY_EXISTS.code(),
                leaving + resource + " \"" + name + "\" already exists" + unlucky,
                new StatusException.Details(
                        name, resource.group(), resource.resource(), "", List.of(), generated ? RETRY : null));
    }
}
