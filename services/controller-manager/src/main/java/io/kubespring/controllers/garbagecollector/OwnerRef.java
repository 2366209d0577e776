package io.kubespring.controllers.garbagecollector;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One owner reference. */
record OwnerRef(String apiVersion, String kind, String name, String uid, boolean blocksOwnerDeletion) {

    static List<OwnerRef> of(JsonNode object) {
        var owners = new ArrayList<OwnerRef>();
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            owners.add(new OwnerRef(
                    owner.path("apiVersion").asString(""),
                    owner.path("kind").asString(""),
                    owner.path("name").asString(""),
                    owner.path("uid").asString(""),
                    owner.path("blockOwnerDeletion").asBoolean(false)));
        }
        return owners;
    }
}
