package io.kubespring.apiserver.registry;

import static io.kubespring.apiserver.TestServer.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.apiserver.TestServer;
import org.junit.jupiter.api.Test;

/** ownerReferences: those that stand twice, and those that are none. */
class OwnerReferencesTest {

    private static final String OWNER = "{'apiVersion':'v1','kind':'ConfigMap','name':'o','uid':'u1'}";

    @Test
    void duplicatesAreTakenOutWithAWarning() {
        try (var server = new TestServer()) {
            String metadata = "{'metadata':{'name':'%s','ownerReferences':[" + OWNER + "," + OWNER + "]}}";
            var made = server.post(MAPS, metadata.formatted("a"));
            assertThat(made.at("/metadata/ownerReferences").size()).isEqualTo(1);
            assertThat(made.warnings())
                    .containsExactly("299 - \".metadata.ownerReferences contains duplicate entries; API server dedups"
                            + " owner references in 1.20+, and may reject such requests as early as 1.24;"
                            + " please fix your requests; duplicate UID(s) observed: u1\"");
            server.post(MAPS, "{'metadata':{'name':'b'}}");
            var patched = server.patch(MAPS + "/b", "merge", metadata.formatted("b"));
            assertThat(patched.at("/metadata/ownerReferences").size()).isEqualTo(1);
            assertThat(patched.warnings())
                    .containsExactly("299 - \".metadata.ownerReferences contains duplicate entries after mutating "
                            + "admission happens; API server dedups owner references in 1.20+, and may reject such "
                            + "requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u1\"");
        }
    }

    @Test
    void oneControllerAtMost() {
        try (var server = new TestServer()) {
            String controller = OWNER.replace("}", ",'controller':true}");
            var reply = server.post(
                    MAPS,
                    "{'metadata':{'name':'a','ownerReferences':[" + controller + ","
                            + controller.replace("u1", "u2").replace("'o'", "'p'") + "]}}");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.message())
                    .contains("Only one reference can have Controller set to true. Found \"true\" in references for "
                            + "ConfigMap/o and ConfigMap/p");
        }
    }
}
