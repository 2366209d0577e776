package io.kubespring.apiserver.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of every content type: created, and if that succeeds read back in every encoding. */
final class Bodies {

    private static final List<String> ANSWERS = List.of(
            "application/json",
            "application/yaml",
            "application/vnd.kubernetes.protobuf",
            "application/cbor",
            "application/json;as=Table;g=meta.k8s.io;v=v1",
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");

    private final Victim victim;

    Bodies(Victim victim) {
        this.victim = victim;
    }

    void json(byte[] body) {
        created(body, "application/json");
    }

    void yaml(byte[] body) {
        created(body, "application/yaml");
    }

    void protobuf(byte[] body) {
        created(body, "application/vnd.kubernetes.protobuf");
    }

    void cbor(byte[] body) {
        created(body, "application/cbor");
    }

    /** What deletes a Pod is told by a body of its own kind. */
    void deleteOptions(byte[] body) {
        victim.send("DELETE", Victim.NS + "/pods/missing", body, "application/json", "application/json");
        victim.send("DELETE", Victim.NS + "/configmaps", body, "application/yaml", "application/json");
    }

    private void created(byte[] body, String contentType) {
        String endpoint = Victim.endpoint(body);
        int status = victim.send("POST", endpoint, body, contentType, contentType);
        victim.send("POST", endpoint + "?fieldValidation=Strict&dryRun=All", body, contentType, "application/json");
        if (status != 201) {
            return;
        }
        for (String accept : ANSWERS) {
            victim.send("GET", endpoint, new byte[0], "", accept);
        }
        byte[] now = "{\"gracePeriodSeconds\":0,\"propagationPolicy\":\"Background\"}".getBytes(StandardCharsets.UTF_8);
        victim.send("DELETE", endpoint, now, "application/json", "application/json");
        byte[] unbound = "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]".getBytes(StandardCharsets.UTF_8);
        victim.unbind(endpoint, unbound);
    }
}
