package io.kubespring.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupResource;
import io.kubespring.apiserver.TestServer.Reply;
import io.kubespring.apiserver.kinds.KindSample.Sheet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What kinds decide differently about updates and deletions: upstream's answers, kind by kind. */
class UpdatePolicyTest {

    /** A PUT of what is not there makes it. */
    private static final Set<String> CREATED_BY_PUT = Set.of(
            "endpoints",
            "events",
            "events.events.k8s.io",
            "leases.coordination.k8s.io",
            "limitranges",
            "services",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "runtimeclasses.node.k8s.io");

    /** A PUT has to say which version it changes. */
    private static final Set<String> CHANGED_KNOWINGLY = Set.of(
            "apiservices.apiregistration.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "csistoragecapacities.storage.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io",
            "leases.coordination.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io",
            "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "poddisruptionbudgets.policy",
            "runtimeclasses.node.k8s.io",
            "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "volumeattachments.storage.k8s.io");

    /** The status endpoint changes nothing of the metadata. */
    private static final Set<String> STATUS_ALONE = Set.of(
            "apiservices.apiregistration.k8s.io",
            "flowschemas.flowcontrol.apiserver.k8s.io",
            "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "resourceclaims.resource.k8s.io",
            "servicecidrs.networking.k8s.io",
            "volumeattachments.storage.k8s.io");

    /** Dependents stay if nothing else is said. */
    private static final Set<String> ORPHANING = Set.of("jobs.batch", "replicationcontrollers");

    private static final Set<String> WITHOUT_DEPENDENTS = Set.of("events", "events.events.k8s.io");

    private KindServer server;

    @BeforeEach
    void setUp() {
        server = new KindServer();
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    static Stream<KindSample> updatable() {
        return KindSamples.all().stream()
                .filter(each ->
                        each.type().stored() && each.type().verbs().containsAll(Set.of("create", "update", "delete")));
    }

    static Stream<KindSample> withStatus() {
        return updatable()
                .filter(each -> each.type().subresource("status") != null
                        && each.fresh().has("status"));
    }

    private static String name(KindSample sample) {
        GroupResource resource = sample.type().groupResource();
        return resource.toString();
    }

    @ParameterizedTest
    @MethodSource("updatable")
    void aPutOfWhatIsNotThereIsNotFoundOrCreatesIt(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.prepare(sheet);
        Reply put = server.put(sheet.uri(), sheet.sample());
        assertThat(put.status()).as(put.message()).isEqualTo(CREATED_BY_PUT.contains(name(sample)) ? 201 : 404);
    }

    @ParameterizedTest
    @MethodSource("updatable")
    void aPutWithoutAVersionOverwritesOrIsInvalid(KindSample sample) {
        Sheet sheet = sample.fresh();
        ObjectNode object = server.create(sheet);
        ((ObjectNode) object.path("metadata")).remove("resourceVersion");
        Reply put = server.put(sheet.uri(), object);
        if (CHANGED_KNOWINGLY.contains(name(sample))) {
            assertThat(put.status()).isEqualTo(422);
            assertThat(put.message())
                    .endsWith("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
        } else {
            assertThat(put.status()).as(put.message()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("withStatus")
    void theStatusEndpointKeepsTheMetadataOfSomeKinds(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.create(sheet);
        ObjectNode patch = io.kubespring.api.json.Json.object();
        patch.set("status", sheet.part("status"));
        patch.putObject("metadata").putObject("annotations").put("through-status", "yes");
        Reply patched = server.patch(sheet.uri() + "/status?fieldManager=controller", "merge", patch);
        assertThat(patched.status()).as(patched.message()).isEqualTo(200);
        boolean kept = STATUS_ALONE.contains(name(sample));
        assertThat(patched.at("/metadata/annotations/through-status").isMissingNode())
                .isEqualTo(kept);
        String owned = patched.at("/metadata/managedFields").toString();
        assertThat(owned.contains("f:through-status")).isEqualTo(!kept);
    }

    @ParameterizedTest
    @MethodSource("updatable")
    void dependentsAreOrphanedByDefaultOrByRequestOrNever(KindSample sample) {
        Sheet sheet = sample.fresh();
        server.create(sheet);
        Reply usual = server.call("DELETE", sheet.uri() + "?dryRun=All", "");
        assertThat(usual.status()).as(usual.message()).isIn(200, 202);

        server.call("DELETE", sheet.uri(), "");
        Reply left = server.call("GET", sheet.uri(), "");
        assertThat(left.at("/metadata/finalizers").toString().contains("\"orphan\""))
                .as("by default")
                .isEqualTo(ORPHANING.contains(name(sample)));
        if (left.status() == 200) {
            return;
        }
        server.create(sheet);
        server.call("DELETE", sheet.uri() + "?propagationPolicy=Orphan", "");
        assertThat(server.call("GET", sheet.uri(), "")
                        .at("/metadata/finalizers")
                        .toString()
                        .contains("\"orphan\""))
                .as("by request")
                .isEqualTo(!WITHOUT_DEPENDENTS.contains(name(sample)));
    }
}
