package io.kubespring.kinds.defaulting;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import io.kubespring.kinds.pod.DisabledPodFields;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What 1.36 does not serve is dropped in silence, unless it is there already. */
class DisabledFieldsTest {

    private static final String LEASE = "{\"spec\":{\"holderIdentity\":\"a\",\"strategy\":\"OldestEmulationVersion\"}}";
    private static final String POD =
            "{\"volumes\":[{\"name\":\"p\",\"projected\":{\"sources\":[{\"clusterTrustBundle\":{\"path\":\"a\"}}]}}]}";

    private static ObjectNode read(String json) {
        return (ObjectNode) Json.read(json);
    }

    @Test
    void aNewObjectLosesThem() {
        ObjectNode lease = read(LEASE);
        ObjectNode pod = read(POD);

        DisabledFields.drop("Lease", lease, MissingNode.getInstance());
        DisabledPodFields.drop(pod, MissingNode.getInstance());

        assertThat(lease.get("spec")).hasToString("{\"holderIdentity\":\"a\"}");
        assertThat(pod.at("/volumes/0/projected/sources")).hasToString("[{}]");
    }

    @Test
    void anOldOneKeepsThem() {
        ObjectNode lease = read(LEASE);
        ObjectNode pod = read(POD);

        DisabledFields.drop("Lease", lease, read(LEASE));
        DisabledPodFields.drop(pod, read(POD));

        assertThat(lease).hasToString(LEASE);
        assertThat(pod).hasToString(POD);
    }
}
