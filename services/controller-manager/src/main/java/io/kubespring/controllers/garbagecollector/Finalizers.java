package io.kubespring.controllers.garbagecollector;

import tools.jackson.databind.JsonNode;

/** The finalizers by which a deletion asks for something to be done with dependents first. */
final class Finalizers {

    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private Finalizers() {}

    static boolean has(JsonNode object, String finalizer) {
        for (JsonNode each : object.path("metadata").path("finalizers")) {
            if (each.asString("").equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    static boolean isBeingDeleted(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }
}
