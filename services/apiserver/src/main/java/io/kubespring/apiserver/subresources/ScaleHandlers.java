package io.kubespring.apiserver.subresources;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apimachinery.fieldmanager.FieldManager;
import io.kubespring.apimachinery.fieldmanager.ManagerInfo;
import io.kubespring.apimachinery.fieldmanager.ScaleOwnership;
import io.kubespring.apimachinery.patch.JsonPatch;
import io.kubespring.apimachinery.patch.MergePatch;
import io.kubespring.apimachinery.patch.PatchBody;
import io.kubespring.apimachinery.patch.StrategicMergePatch;
import io.kubespring.apimachinery.structural.StructuralChecker;
import io.kubespring.apiserver.cache.StoredObject;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.PatchTypes;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import io.kubespring.client.PatchType;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * GET, PUT and PATCH of {@code scale}. A write takes the way object → Scale → changed Scale → object; the ownership of the
 * replicas goes along, so that server-side apply through either door sees the other's owners.
 */
final class ScaleHandlers {

    private final ResourceCaches caches;
    private final Writer writer;
    private final TimeSource time;

    ScaleHandlers(ResourceCaches caches, Writer writer, TimeSource time) {
        this.caches = caches;
        this.writer = writer;
        this.time = time;
    }

    Mono<ApiResponse> get(Call call) {
        return Mono.fromFuture(caches.of(call.type()).consistent()).map(snapshot -> {
            StoredObject object = snapshot.get(call.namespace(), call.name());
            if (object == null) {
                throw StatusException.notFound(call.groupResource(), call.name());
            }
            return ApiResponse.json(200, Scales.of(object.tree()));
        });
    }

    Mono<ApiResponse> update(Call call) {
        WriteOptions options = options(call, "UpdateOptions", false);
        return Bodies.read(call, Scales.KIND, schema(call)).flatMap(body -> {
            Scales.checkName(body, call.name());
            return write(call, options, scale -> updated(call, scale, body.deepCopy(), options));
        });
    }

    Mono<ApiResponse> patch(Call call) {
        PatchType type = PatchTypes.of(call);
        WriteOptions options = options(call, "PatchOptions", type == PatchType.APPLY);
        return call.request()
                .body()
                .defaultIfEmpty(new byte[0])
                .map(body -> PatchTypes.body(call, body))
                .flatMap(patch -> write(call, options, scale -> {
                    ObjectNode next = type == PatchType.APPLY
                            ? applied(call, scale, patch, options)
                            : updated(call, scale, patched(call, scale, type, patch), options);
                    Scales.checkName(next, call.name());
                    return next;
                }));
    }

    private static WriteOptions options(Call call, String kind, boolean apply) {
        var request = call.request();
        return WriteOptions.parse(kind, request.query(), request.headers().first("user-agent"), apply);
    }

    /** @param change from the Scale as it is, with its owners, to a new one */
    private Mono<ApiResponse> write(Call call, WriteOptions options, UnaryOperator<ObjectNode> change) {
        WriteSource.Change onObject = object -> {
            ObjectNode scale = Scales.of(object);
            ScaleOwnership.show(object, scale);
            ObjectNode next = change.apply(scale);
            Scales.applyTo(object, next);
            ScaleOwnership.carryOver(next, object);
        };
        return Mono.fromFuture(writer.update(new WriteRequest(
                        call.type(),
                        "scale",
                        call.namespace(),
                        call.name(),
                        call.request().user(),
                        options,
                        new WriteSource.Derived(onObject, true))))
                .map(result -> ApiResponse.json(200, Scales.of(result.object())));
    }

    private ObjectNode updated(Call call, ObjectNode scale, ObjectNode next, WriteOptions options) {
        return FieldManager.update(
                schema(call), scale, next, manager(options, ManagerInfo.UPDATE), Set.of(), time.now());
    }

    private ObjectNode applied(Call call, ObjectNode scale, byte[] patch, WriteOptions options) {
        ObjectNode applied = PatchBody.applyPatch(patch, new ArrayList<>(0));
        Scales.checkApplied(applied);
        ObjectNode next = FieldManager.apply(
                schema(call),
                scale,
                applied,
                manager(options, ManagerInfo.APPLY),
                options.force(),
                Set.of(),
                time.now());
        StructuralChecker.check(next, schema(call), Scales.KIND);
        return next;
    }

    private static ManagerInfo manager(WriteOptions options, String operation) {
        return new ManagerInfo(options.fieldManager(), operation, Scales.KIND.apiVersion(), "scale");
    }

    private static ObjectNode patched(Call call, ObjectNode scale, PatchType type, byte[] patch) {
        ObjectNode result = switch (type) {
            case JSON -> JsonPatch.apply(scale, patch);
            case MERGE -> MergePatch.apply(scale, PatchBody.mergePatch(patch, new ArrayList<>(0)));
            case STRATEGIC ->
                StrategicMergePatch.apply(
                        scale, PatchBody.strategicMergePatch(patch, new ArrayList<>(0)), schema(call));
            case APPLY -> throw new IllegalArgumentException("an apply is no patch of the Scale as it is");
        };
        StructuralChecker.check(result, schema(call), Scales.KIND);
        return result;
    }

    private static Schema schema(Call call) {
        return Objects.requireNonNull(call.type().subresource("scale")).schema();
    }
}
