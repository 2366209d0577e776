package io.kubespring.apiserver.fuzz;

import java.util.Locale;
import java.util.function.BiConsumer;

/** Everything of a request that a client may fill with garbage, each with a corpus of its own. */
enum FuzzTarget {
    JSON((victim, input) -> new Bodies(victim).json(input)),
    YAML((victim, input) -> new Bodies(victim).yaml(input)),
    PROTOBUF((victim, input) -> new Bodies(victim).protobuf(input)),
    CBOR((victim, input) -> new Bodies(victim).cbor(input)),
    DELETE_OPTIONS((victim, input) -> new Bodies(victim).deleteOptions(input)),
    JSON_PATCH((victim, input) -> new Patches(victim).jsonPatch(input)),
    MERGE_PATCH((victim, input) -> new Patches(victim).mergePatch(input)),
    STRATEGIC_PATCH((victim, input) -> new Patches(victim).strategicPatch(input)),
    APPLY((victim, input) -> new Patches(victim).apply(input)),
    APPLY_CBOR((victim, input) -> new Patches(victim).applyCbor(input)),
    MANAGED_FIELDS((victim, input) -> new Patches(victim).managedFields(input)),
    PATH((victim, input) -> new RequestLines(victim).path(input)),
    QUERY((victim, input) -> new RequestLines(victim).query(input)),
    LABEL_SELECTOR((victim, input) -> new RequestLines(victim).labelSelector(input)),
    FIELD_SELECTOR((victim, input) -> new RequestLines(victim).fieldSelector(input)),
    CONTINUE_TOKEN((victim, input) -> new RequestLines(victim).continueToken(input)),
    MEDIA_TYPES((victim, input) -> new RequestLines(victim).mediaTypes(input));

    private final BiConsumer<Victim, byte[]> property;

    FuzzTarget(BiConsumer<Victim, byte[]> property) {
        this.property = property;
    }

    /** Of its corpus: "json-patch". */
    String directory() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FuzzTarget of(String directory) {
        return valueOf(directory.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Sends the input; an exception or a failed assertion is a fault. */
    void check(Victim victim, byte[] input) {
        victim.about(input);
        property.accept(victim, input);
    }
}
