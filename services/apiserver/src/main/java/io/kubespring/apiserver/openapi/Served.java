package io.kubespring.apiserver.openapi;

import io.kubespring.api.catalog.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What documents say of the server beside its catalog.
 *
 * @param cbor whether CBOR is served (upstream's feature gate CBORServingAndStorage)
 * @param returnsDeleted of which resources a DELETE answers with the object
 */
public record Served(boolean cbor, Predicate<ResourceType> returnsDeleted) {

    static final List<String> DOCUMENTS =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");

    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    /** Media types of an object or a list. */
    List<String> objects() {
        return cbor ? with(DOCUMENTS, "application/cbor") : DOCUMENTS;
    }

    /** Media types of what can be watched. */
    List<String> watches() {
        List<String> streams =
                with(objects(), "application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch");
        return cbor ? with(streams, "application/cbor-seq") : streams;
    }

    List<String> patches() {
        return cbor ? with(PATCHES, "application/apply-patch+cbor") : PATCHES;
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
