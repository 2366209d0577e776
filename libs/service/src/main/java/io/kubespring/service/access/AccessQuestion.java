package io.kubespring.service.access;

import io.kubespring.api.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a caller wants to do, as a SubjectAccessReview asks it. */
public sealed interface AccessQuestion {

    Caller caller();

    /** To read or change something that is no object of the API. */
    record Path(Caller caller, String verb, String path) implements AccessQuestion {}

    /** To do something to a part of one node. */
    record Node(Caller caller, String verb, String subresource, String name) implements AccessQuestion {}

    default ObjectNode review() {
        ObjectNode review =
                Json.object().put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", caller().name()).put("uid", caller().uid());
        ArrayNode groups = spec.putArray("groups");
        caller().groups().forEach(groups::add);
        ObjectNode extra = spec.putObject("extra");
        caller().extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        switch (this) {
            case Path path ->
                spec.putObject("nonResourceAttributes").put("verb", path.verb).put("path", path.path);
            case Node node ->
                spec.putObject("resourceAttributes")
                        .put("verb", node.verb)
                        .put("version", "v1")
                        .put("resource", "nodes")
                        .put("subresource", node.subresource)
                        .put("name", node.name);
        }
        return review;
    }
}
