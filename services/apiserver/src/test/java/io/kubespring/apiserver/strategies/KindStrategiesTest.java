package io.kubespring.apiserver.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.GroupResource;
import io.kubespring.api.json.Json;
import io.kubespring.apiserver.allocation.AllocationFixture;
import io.kubespring.apiserver.registry.Attempts;
import io.kubespring.apiserver.registry.Propagation;
import io.kubespring.apiserver.registry.ResourceStrategy;
import io.kubespring.kinds.service.PortRange;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class KindStrategiesTest {

    private final AllocationFixture cluster = new AllocationFixture(PortRange.NODE_PORTS, "10.96.0.0/12");
    private final Map<GroupResource, ResourceStrategy> strategies =
            BuiltInStrategies.all(cluster.allocations, Duration.ofHours(1));
    private final ResourceStrategy pods = of("", "pods");
    private final Attempts podWrites = new Attempts("", "v1", "pods");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aNewPodIsPendingAndHasItsQualityOfService() {
        ObjectNode pod = tree("{'metadata':{},'spec':{'containers':[{'resources':{'requests':{'cpu':'1'}}}],"
                + "'schedulingGates':[{'name':'g'}]},'status':{'phase':'Running'}}");
        pods.prepareForCreate(pod, podWrites.attempt());
        assertThat(pod.at("/status/phase").asString()).isEqualTo("Pending");
        assertThat(pod.at("/status/qosClass").asString()).isEqualTo("Burstable");
        assertThat(pod.at("/status/conditions/0/reason").asString()).isEqualTo("SchedulingGated");
        assertThat(pod.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    @Test
    void thePodsEndpointCannotWriteStatusNorTheStatusEndpointTheSpec() {
        ObjectNode current =
                tree("{'metadata':{'generation':1,'ownerReferences':[{'uid':'1'}]},'spec':{'nodeName':'a'},"
                        + "'status':{'phase':'Pending','qosClass':'BestEffort'}}");
        ObjectNode sent = tree("{'metadata':{'generation':9},'spec':{'nodeName':'b'},'status':{'phase':'Running'}}");
        ObjectNode status = sent.deepCopy();
        pods.prepareForUpdate(status, current, podWrites.attempt("status"));
        assertThat(status)
                .isEqualTo(tree("{'metadata':{'generation':1,'ownerReferences':[{'uid':'1'}]},"
                        + "'spec':{'nodeName':'a'},'status':{'phase':'Running','qosClass':'BestEffort'}}"));
        ObjectNode spec = sent.deepCopy();
        pods.prepareForUpdate(spec, current, podWrites.attempt());
        assertThat(spec.at("/status")).isEqualTo(current.at("/status"));
        assertThat(spec.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void ephemeralContainersAreAllThatTheirEndpointWrites() {
        ObjectNode current = tree("{'metadata':{'name':'a'},'spec':{'nodeName':'a'}}");
        ObjectNode next = tree("{'metadata':{'name':'a','labels':{'x':'y'}},'spec':{'nodeName':'b',"
                + "'ephemeralContainers':[{'name':'debug'}]}}");
        pods.prepareForUpdate(next, current, podWrites.attempt("ephemeralcontainers"));
        assertThat(next.at("/spec")).isEqualTo(tree("{'nodeName':'a','ephemeralContainers':[{'name':'debug'}]}"));
        assertThat(next.at("/metadata/labels").isMissingNode()).isTrue();
    }

    @Test
    void resizingChangesResourcesAndNeverTheQualityOfService() {
        ObjectNode current = tree(
                "{'metadata':{'name':'a','generation':1},'spec':{'terminationGracePeriodSeconds':1,'dnsPolicy':'Default','restartPolicy':"
                        + "'Always','containers':[{'name':'a','image':'b','terminationMessagePolicy':'File','imagePullPolicy':"
                        + "'Always','resources':{'requests':{'cpu':'1'}}}]}}");
        ObjectNode next = current.deepCopy();
        ((ObjectNode) next.at("/spec/containers/0")).put("image", "c");
        ((ObjectNode) next.at("/spec/containers/0/resources/requests")).put("cpu", "2");
        pods.prepareForUpdate(next, current, podWrites.attempt("resize"));
        assertThat(next.at("/spec/containers/0/image").asString()).isEqualTo("b");
        assertThat(next.at("/spec/containers/0/resources/requests/cpu").asString())
                .isEqualTo("2");
        assertThat(next.at("/metadata/generation").asInt()).isEqualTo(2);
        assertThat(pods.validateUpdate(next, current, podWrites.attempt("resize")))
                .isEmpty();
        ((ObjectNode) next.at("/spec/containers/0")).remove("resources");
        assertThat(pods.validateUpdate(next, current, podWrites.attempt("resize")))
                .map(Object::toString)
                .containsExactly(
                        "spec: Invalid value: \"\": Pod QOS Class may not change as a result of resizing",
                        "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{'spec':{'nodeName':'a','terminationGracePeriodSeconds':30}} | - | 30",
                "{'spec':{'nodeName':'a','terminationGracePeriodSeconds':30}} | 5 | 5",
                "{'spec':{'nodeName':'a','terminationGracePeriodSeconds':-1}} | - | 1",
                "{'spec':{'terminationGracePeriodSeconds':30}} | - | 0",
                "{'spec':{'nodeName':'a','terminationGracePeriodSeconds':30},'status':{'phase':'Failed'}} | 5 | 0",
            })
    void gracePeriodOfAPod(String pod, @Nullable Long requested, long expected) {
        assertThat(pods.gracePeriodSeconds(tree(pod), requested)).isEqualTo(expected);
    }

    @Test
    void aDeploymentsAnnotationsCountAsAGeneration() {
        ResourceStrategy deployments = of("apps", "deployments");
        Attempts writes = new Attempts("apps", "v1", "deployments");
        ObjectNode current = tree("{'metadata':{'generation':3},'spec':{'replicas':1}}");
        ObjectNode annotated = tree("{'metadata':{'annotations':{'a':'b'}},'spec':{'replicas':1}}");
        deployments.prepareForUpdate(annotated, current, writes.attempt());
        assertThat(annotated.at("/metadata/generation").asInt()).isEqualTo(4);
        ObjectNode labelled = tree("{'metadata':{'labels':{'a':'b'}},'spec':{'replicas':1}}");
        deployments.prepareForUpdate(labelled, current, writes.attempt());
        assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(3);
    }

    @Test
    void aNamespaceIsHeldUntilItIsFinalized() {
        ResourceStrategy namespaces = of("", "namespaces");
        Attempts writes = new Attempts("", "v1", "namespaces");
        ObjectNode namespace = tree("{'metadata':{'name':'team'}}");
        namespaces.prepareForCreate(namespace, writes.attempt());
        assertThat(namespace)
                .isEqualTo(tree("{'metadata':{'name':'team','labels':{'kubernetes.io/metadata.name':'team'}},"
                        + "'status':{'phase':'Active'},'spec':{'finalizers':['kubernetes']}}"));
        assertThat(namespaces.holdsDeletion(namespace)).isTrue();
        namespaces.prepareForDelete(namespace, writes.attempt());
        assertThat(namespace.at("/status/phase").asString()).isEqualTo("Terminating");

        ObjectNode next = tree("{'metadata':{'name':'team'},'spec':{'finalizers':[]}}");
        ObjectNode plain = next.deepCopy();
        namespaces.prepareForUpdate(plain, namespace, writes.attempt());
        assertThat(namespaces.holdsDeletion(plain)).isTrue();
        namespaces.prepareForUpdate(next, namespace, writes.attempt("finalize"));
        assertThat(namespaces.holdsDeletion(next)).isFalse();
        assertThat(next.at("/spec").isEmpty()).isTrue();
        assertThat(next.at("/status/phase").asString()).isEqualTo("Terminating");
    }

    @Test
    void aNodeRegistersWithItsStatus() {
        ObjectNode node = tree("{'metadata':{'name':'n'},'status':{'capacity':{'cpu':'2'}}}");
        of("", "nodes").prepareForCreate(node, new Attempts("", "v1", "nodes").attempt());
        assertThat(node.at("/status/capacity/cpu").asString()).isEqualTo("2");
    }

    @Test
    void aJobGetsASelectorOfItsOwn() {
        ObjectNode job = tree("{'metadata':{'name':'j','uid':'u1'},'spec':{'template':{'spec':{}}}}");
        of("batch", "jobs").prepareForCreate(job, new Attempts("batch", "v1", "jobs").attempt());
        assertThat(job.at("/spec/selector"))
                .isEqualTo(tree("{'matchLabels':{'batch.kubernetes.io/controller-uid':'u1'}}"));
        assertThat(job.at("/spec/template/metadata/labels/job-name").asString()).isEqualTo("j");
        assertThat(of("batch", "jobs").defaultPropagation()).isEqualTo(Propagation.ORPHAN);
    }

    @Test
    void aSigningRequestSaysWhoAsked() {
        ResourceStrategy requests = of("certificates.k8s.io", "certificatesigningrequests");
        Attempts writes = new Attempts("certificates.k8s.io", "v1", "certificatesigningrequests");
        ObjectNode request = tree("{'metadata':{'name':'c'},'spec':{'username':'root','signerName':'a/b'}}");
        requests.prepareForCreate(request, writes.attempt());
        assertThat(request.at("/spec/username").asString()).isEqualTo("alice");
        assertThat(request.at("/spec/groups").toString()).isEqualTo("[\"dev\",\"ops\"]");
        ObjectNode approved = tree("{'metadata':{'name':'c'},'spec':{'signerName':'x'},"
                + "'status':{'certificate':'eA==','conditions':[{'type':'Approved'}]}}");
        requests.prepareForUpdate(approved, request, writes.attempt("approval"));
        assertThat(approved.at("/spec")).isEqualTo(request.at("/spec"));
        assertThat(approved.at("/status"))
                .isEqualTo(tree("{'conditions':[{'type':'Approved','lastUpdateTime':"
                        + "'2026-01-01T00:00:00Z','lastTransitionTime':'2026-01-01T00:00:00Z'}]}"));
    }

    @Test
    void eventsDoNotStayForever() {
        assertThat(of("", "events").timeToLive(tree("{}"))).hasHours(1);
        assertThat(pods.timeToLive(tree("{}"))).isNull();
    }

    private ResourceStrategy of(String group, String resource) {
        return Objects.requireNonNull(strategies.get(new GroupResource(group, resource)));
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.read(json.replace('\'', '"'));
    }
}
