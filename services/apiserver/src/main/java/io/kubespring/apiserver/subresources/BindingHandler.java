package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupResource;
import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.registry.PathMatch;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * POST of a {@code v1 Binding}: assigns a Pod to a node, once. Served below the pod and, by the name in the body, below the
 * namespace.
 */
final class BindingHandler implements VerbHandler {

    private static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "Binding");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource RESOURCE = new GroupResource("", "pods/binding");

    private final ResourceType pods;
    private final Schema schema;
    private final Writer writer;
    private final AdmissionChain admission;
    private final TimeSource time;

    BindingHandler(ResourceType pods, Schema schema, Writer writer, AdmissionChain admission, TimeSource time) {
        this.pods = pods;
        this.schema = schema;
        this.writer = writer;
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        return Bodies.question(call, KIND, schema, (binding, options) -> {
            String name = checkedName(call, binding);
            var attributes = attributes(call, name, options);
            admission.mutate(attributes, binding, null);
            admission.validate(attributes, binding, null);
            return Mono.fromFuture(writer.update(new WriteRequest(
                            pods,
                            "binding",
                            call.namespace(),
                            name,
                            call.request().user(),
                            options,
                            new WriteSource.Derived(pod -> bind(pod, binding, name), false))))
                    .map(bound -> success());
        });
    }

    private static AdmissionAttributes attributes(Call call, String name, WriteOptions options) {
        return new AdmissionAttributes(
                AdmissionAttributes.Operation.CREATE,
                KIND,
                call.groupResource(),
                call.subresource(),
                call.namespace(),
                name,
                call.request().user(),
                options.dryRun(),
                options.toTree());
    }

    private static String checkedName(Call call, ObjectNode binding) {
        String name = binding.path("metadata").path("name").asString("");
        if (!call.subresource().isEmpty() && !name.equals(call.name())) {
            throw StatusException.badRequest("name in URL does not match name in Binding object");
        }
        PathMatch.namespace(binding.path("metadata").path("namespace").asString(""), call.namespace());
        List<FieldError> errors = new ArrayList<>();
        String kind = binding.path("target").path("kind").asString("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.add(FieldError.notSupportedOf("target.kind", kind, "Node", "<empty>"));
        }
        if (binding.path("target").path("name").asString("").isEmpty()) {
            errors.add(FieldError.required("target.name", ""));
        }
        if (!errors.isEmpty()) {
            // Upstream refuses it without saying what it is that it refuses.
            String all = errors.size() == 1
                    ? errors.getFirst().toString()
                    : errors.stream().map(FieldError::toString).collect(Collectors.joining(", ", "[", "]"));
            throw new StatusException(StatusReason.UNKNOWN, all);
        }
        return name;
    }

    private void bind(ObjectNode pod, ObjectNode binding, String name) {
        expect(binding, pod, "uid", "UID", name);
        expect(binding, pod, "resourceVersion", "ResourceVersion", name);
        if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
            throw StatusException.conflict(
                    RESOURCE, name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        String node = pod.path("spec").path("nodeName").asString("");
        if (!node.isEmpty()) {
            throw StatusException.conflict(
                    RESOURCE, name, "pod " + name + " is already assigned to node \"" + node + "\"");
        }
        if (!pod.path("spec").path("schedulingGates").isEmpty()) {
            throw StatusException.conflict(RESOURCE, name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        ((ObjectNode) pod.path("spec"))
                .put("nodeName", binding.path("target").path("name").asString(""));
        copy("annotations", binding, pod);
        copy("labels", binding, pod);
        PodConditions.set(pod, "PodScheduled", "True", time.now());
    }

    /** A binding may be meant for one very Pod. */
    private static void expect(ObjectNode binding, ObjectNode pod, String field, String called, String name) {
        String wanted = binding.path("metadata").path(field).asString("");
        String actual = pod.path("metadata").path(field).asString("");
        if (!wanted.isEmpty() && !wanted.equals(actual)) {
            String namespace = pod.path("metadata").path("namespace").asString("");
            throw StatusException.conflict(
                    PODS,
                    name,
                    "StorageError: invalid object, Code: 4, Key: /registry/pods/" + namespace + "/" + name
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: " + called
                            + " in precondition: " + wanted + ", " + called + " in object meta: " + actual);
        }
    }

    private static void copy(String field, ObjectNode from, ObjectNode to) {
        var given = from.path("metadata").path(field).properties();
        if (given.isEmpty()) {
            return;
        }
        ObjectNode metadata = (ObjectNode) to.path("metadata");
        ObjectNode target = metadata.get(field) instanceof ObjectNode present ? present : metadata.putObject(field);
        for (Map.Entry<String, JsonNode> each : given) {
            target.set(each.getKey(), each.getValue());
        }
    }

    static ObjectNode success() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }
}
