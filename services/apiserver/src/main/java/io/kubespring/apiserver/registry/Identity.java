package io.kubespring.apiserver.registry;

import io.kubespring.api.time.RandomSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/** Names, uids and the other parts of metadata that belong to the server. */
final class Identity {

    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_GENERATED_LENGTH = 63;

    private Identity() {}

    /** Checks that a body is about the object that the path names, and fills in the namespace. */
    static void matchPath(ObjectNode object, WriteRequest request) {
        matchNamespace(object, request);
        checkName(object, request);
    }

    private static void matchNamespace(ObjectNode object, WriteRequest request) {
        checkNamespace(object, request);
        if (!request.namespace().isEmpty() && Metadata.text(object, "namespace").isEmpty()) {
            Metadata.of(object).put("namespace", request.namespace());
        }
    }

    /** The same of an object that says less than it is: nothing is filled in. */
    static void checkName(ObjectNode object, WriteRequest request) {
        if (!request.name().isEmpty()) {
            PathMatch.name(Metadata.name(object), request.name());
        }
    }

    static void checkNamespace(ObjectNode object, WriteRequest request) {
        String namespace = Metadata.text(object, "namespace");
        if (request.namespace().isEmpty()) {
            if (!namespace.isEmpty()) {
                Metadata.of(object).remove("namespace"); // it lives in none
            }
        } else {
            PathMatch.namespace(namespace, request.namespace());
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

    /** What no update can change is as it was; what it states otherwise, validation refuses. */
    static void keepForUpdate(ObjectNode next, ObjectNode current) {
        Metadata.keep("creationTimestamp", next, current);
        if (Metadata.text(next, "uid").isEmpty()) {
            Metadata.keep("uid", next, current);
        }
        if (Metadata.deleting(current)) {
            Metadata.keep("deletionTimestamp", next, current);
        }
        if (!next.path("metadata").hasNonNull("deletionGracePeriodSeconds")) {
            Metadata.keep("deletionGracePeriodSeconds", next, current);
        }
        Metadata.of(next).remove("selfLink");
    }
}
