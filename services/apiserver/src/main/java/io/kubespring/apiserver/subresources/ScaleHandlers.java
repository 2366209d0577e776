package io.kubespring.apiserver.subresources;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.schema.Schema;
import io.kubespring.apimachinery.decode.ObjectDecoder;
import io.kubespring.apimachinery.patch.JsonPatch;
import io.kubespring.apimachinery.patch.MergePatch;
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
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** GET, PUT and PATCH of {@code scale}. */
final class ScaleHandlers {

    private final ResourceCaches caches;
    private final Writer writer;

    ScaleHandlers(ResourceCaches caches, Writer writer) {
        this.caches = caches;
        this.writer = writer;
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
        return Bodies.read(call, Scales.KIND, schema(call))
                .flatMap(scale -> write(call, "UpdateOptions", false, object -> Scales.applyTo(object, scale)));
    }

    Mono<ApiResponse> patch(Call call) {
        PatchType type = PatchTypes.of(call);
        return call.request()
                .body()
                .defaultIfEmpty(new byte[0])
                .map(body -> PatchTypes.body(call, body))
                .flatMap(patch -> write(call, "PatchOptions", type == PatchType.APPLY, object -> {
                    ObjectNode scale = patched(call, Scales.of(object), type, patch);
                    Scales.applyTo(object, scale);
                }));
    }

    private Mono<ApiResponse> write(Call call, String options, boolean apply, WriteSource.Change change) {
        var request = call.request();
        return Mono.fromFuture(writer.update(new WriteRequest(
                        call.type(),
                        "scale",
                        call.namespace(),
                        call.name(),
                        request.user(),
                        WriteOptions.parse(
                                options, request.query(), request.headers().first("user-agent"), apply),
                        new WriteSource.Derived(change, true))))
                .map(result -> ApiResponse.json(200, Scales.of(result.object())));
    }

    private static ObjectNode patched(Call call, ObjectNode scale, PatchType type, byte[] patch) {
        ObjectNode result = switch (type) {
            case JSON -> JsonPatch.apply(scale, patch);
            case MERGE -> MergePatch.apply(scale, object(patch, "application/json"));
            case STRATEGIC -> StrategicMergePatch.apply(scale, object(patch, "application/json"), schema(call));
            case APPLY -> StrategicMergePatch.apply(scale, object(patch, "application/yaml"), schema(call));
        };
        StructuralChecker.check(result, schema(call), Scales.KIND);
        return result;
    }

    private static ObjectNode object(byte[] patch, String mediaType) {
        return ObjectDecoder.parse(patch, mediaType, new ArrayList<>(0));
    }

    private static Schema schema(Call call) {
        return Objects.requireNonNull(call.type().subresource("scale")).schema();
    }
}
