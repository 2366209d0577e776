package io.kubespring.client;

import io.kubespring.api.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How to delete; every part may be null, which leaves the choice to the server. */
public record DeleteOptions(
        @Nullable Long gracePeriodSeconds,
        @Nullable Propagation propagation,
        @Nullable String uid,
        @Nullable String resourceVersion) {

    /** What becomes of the dependents. */
    public enum Propagation {
        ORPHAN("Orphan"),
        BACKGROUND("Background"),
        FOREGROUND("Foreground");

        private final String text;

        Propagation(String text) {
            this.text = text;
        }
    }

    public static final DeleteOptions DEFAULT = new DeleteOptions(null, null, null, null);

    /** Deletes only the object with that identity. */
    public static DeleteOptions ofUid(@Nullable String uid) {
        return new DeleteOptions(null, null, uid, null);
    }

    public DeleteOptions grace(long seconds) {
        return new DeleteOptions(seconds, propagation, uid, resourceVersion);
    }

    public DeleteOptions propagation(Propagation policy) {
        return new DeleteOptions(gracePeriodSeconds, policy, uid, resourceVersion);
    }

    byte[] body() {
        ObjectNode body = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
        if (gracePeriodSeconds != null) {
            body.put("gracePeriodSeconds", gracePeriodSeconds);
        }
        if (propagation != null) {
            body.put("propagationPolicy", propagation.text);
        }
        if (uid != null || resourceVersion != null) {
            ObjectNode preconditions = body.putObject("preconditions");
            if (uid != null) {
                preconditions.put("uid", uid);
            }
            if (resourceVersion != null) {
                preconditions.put("resourceVersion", resourceVersion);
            }
        }
        return Json.write(body);
    }
}
