package io.kubespring.apiserver.fuzz;

import io.kubespring.apiserver.TestServer;
import java.nio.charset.StandardCharsets;

/** Patches of every kind against {@link Victim}'s Deployment, which has something of each sort of list and map; nothing is kept. */
final class Patches {

    private static final String TARGET = TestServer.DEPLOYMENTS + "/patched";
    private static final String QUERY = "?dryRun=All&fieldManager=fuzz";
    private final Victim victim;

    Patches(Victim victim) {
        this.victim = victim;
    }

    private void patch(byte[] body, String type, String query) {
        victim.send("PATCH", TARGET + query, body, "application/" + type, "application/json");
    }

    void jsonPatch(byte[] body) {
        patch(body, "json-patch+json", QUERY);
    }

    void mergePatch(byte[] body) {
        patch(body, "merge-patch+json", QUERY);
    }

    void strategicPatch(byte[] body) {
        patch(body, "strategic-merge-patch+json", QUERY);
    }

    void apply(byte[] body) {
        patch(body, "apply-patch+yaml", QUERY);
        patch(body, "apply-patch+yaml", QUERY + "&force=true&fieldValidation=Strict");
    }

    void applyCbor(byte[] body) {
        patch(body, "apply-patch+cbor", QUERY + "&force=true");
    }

    /** As a client sends whole objects: what it claims of managedFields included. */
    void managedFields(byte[] fieldsV1) {
        String fields = new String(fieldsV1, StandardCharsets.UTF_8);
        String body =
                "{\"metadata\":{\"managedFields\":[{\"manager\":\"m\",\"operation\":\"Apply\",\"apiVersion\":\"apps/v1\","
                        + "\"fieldsType\":\"FieldsV1\",\"fieldsV1\":" + fields + "}]}}";
        patch(body.getBytes(StandardCharsets.UTF_8), "merge-patch+json", QUERY);
    }
}
