package io.kubespring.apiserver.registry;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.time.RandomSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Names, uids and the other parts of metadata that belong to the server. */
final class Identity {

    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_GENERATED_LENGTH = 63;

    private Identity() {}

    /** Checks that a body is about the object that the path names, and fills in what it left out. */
    static void matchPath(ObjectNode object, WriteRequest request) {
        String namespace = Metadata.text(object, "namespace");
        if (!namespace.equals(request.namespace())) {
            if (!namespace.isEmpty()) {
                throw StatusException.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            Metadata.of(object).put("namespace", request.namespace());
        }
        String name = Metadata.name(object);
        if (!request.name().isEmpty() && !name.equals(request.name())) {
            if (!name.isEmpty()) {
                throw StatusException.badRequest("the name of the object (" + name
                        + ") does not match the name on the URL (" + request.name() + ")");
            }
            Metadata.of(object).put("name", request.name());
        }
    }

    /** Whether a name was made up, so that a clash is worth another try. */
    static boolean generateName(ObjectNode object, RandomSource random) {
        String base = Metadata.text(object, "generateName");
        if (!Metadata.name(object).isEmpty() || base.isEmpty()) {
            return false;
        }
        int keep = Math.min(base.length(), MAX_GENERATED_LENGTH - SUFFIX_LENGTH);
        Metadata.of(object).put("name", base.substring(0, keep) + random.nameSuffix(SUFFIX_LENGTH));
        return true;
    }

    static void fillForCreate(ObjectNode object, RandomSource random, Instant now) {
        ObjectNode metadata = Metadata.of(object);
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        metadata.remove("selfLink");
        metadata.remove("resourceVersion");
        metadata.put("uid", random.uuid().toString());
        metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** What no update can change is as it was, whatever was sent. */
    static void keepForUpdate(ObjectNode next, ObjectNode current) {
        Metadata.keep("creationTimestamp", next, current);
        Metadata.keep("uid", next, current);
        Metadata.keep("deletionTimestamp", next, current);
        Metadata.keep("deletionGracePeriodSeconds", next, current);
        Metadata.of(next).remove("selfLink");
    }
}
