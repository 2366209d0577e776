package io.kubespring.apiserver.subresources;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.json.Json;
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
import io.kubespring.apiserver.handlers.ObjectAnswers;
import io.kubespring.apiserver.handlers.PatchTypes;
import io.kubespring.apiserver.handlers.ResourceCaches;
import io.kubespring.apiserver.registry.FieldChecks;
import io.kubespring.apiserver.registry.WriteRequest;
import io.kubespring.apiserver.registry.WriteSource;
import io.kubespring.apiserver.registry.Writer;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.Representation;
import io.kubespring.apiserver.request.WriteOptions;
import io.kubespring.client.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
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
    private final ObjectAnswers answers;
    private final TimeSource time;

    ScaleHandlers(ResourceCaches caches, Writer writer, ObjectAnswers answers, TimeSource time) {
        this.answers = answers;
        this.caches = caches;
        this.writer = writer;
        this.time = time;
    }

    Mono<ApiResponse> get(Call call) {
        Representation representation = call.representation();
        return Mono.fromFuture(caches.of(call.type()).consistent()).map(snapshot -> {
            StoredObject object = snapshot.get(call.namespace(), call.name());
            if (object == null) {
                throw StatusException.notFound(call.groupResource(), call.name());
            }
            return answers.object(200, call, Scales.KIND, Scales.of(object.tree()), representation);
        });
    }

    Mono<ApiResponse> update(Call call) {
        WriteOptions options = options(call, "UpdateOptions", false);
        List<String> warnings = new ArrayList<>(0);
        return Bodies.read(call, Scales.KIND, schema(call), options.fieldValidation(), warnings)
                .flatMap(body -> {
                    Scales.checkPath(body, call);
                    return write(call, options, warnings, scale -> updated(call, scale, body.deepCopy(), options));
                });
    }

    Mono<ApiResponse> patch(Call call) {
        PatchType type = PatchTypes.of(call);
        WriteOptions options = options(call, "PatchOptions", type == PatchType.APPLY);
        return call.request()
                .body()
                .defaultIfEmpty(new byte[0])
                .map(body -> PatchTypes.body(call, body))
                .flatMap(patch -> {
                    List<String> warnings = new ArrayList<>(0);
                    return write(call, options, warnings, scale -> {
                        warnings.clear(); // of an attempt before
                        ObjectNode next = type == PatchType.APPLY
                                ? applied(call, scale, patch, options)
                                : updated(call, scale, patched(call, scale, type, patch, options, warnings), options);
                        Scales.checkPath(next, call);
                        return next;
                    });
                });
    }

    private static WriteOptions options(Call call, String kind, boolean apply) {
        var request = call.request();
        return WriteOptions.parse(kind, request.query(), request.headers().first("user-agent"), apply);
    }

    /** @param change from the Scale as it is, with its owners, to a new one */
    private Mono<ApiResponse> write(
            Call call, WriteOptions options, List<String> warnings, UnaryOperator<ObjectNode> change) {
        Representation representation = call.representation();
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
                .onErrorMap(StatusException.class, refused -> refused.warning(warnings))
                .map(result ->
                        answers.written(200, call, Scales.KIND, Scales.of(result.object()), warnings, representation));
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

    private static ObjectNode patched(
            Call call, ObjectNode scale, PatchType type, byte[] patch, WriteOptions options, List<String> warnings) {
        ObjectNode result = switch (type) {
            case JSON -> JsonPatch.apply(scale, patch);
            case MERGE -> MergePatch.apply(scale, PatchBody.mergePatch(patch, new ArrayList<>(0)));
            case STRATEGIC ->
                StrategicMergePatch.apply(
                        scale, PatchBody.strategicMergePatch(patch, new ArrayList<>(0)), schema(call));
            case APPLY -> throw new IllegalArgumentException("an apply is no patch of the Scale as it is");
        };
        Supplier<String> shown = () -> type == PatchType.STRATEGIC
                ? PatchBody.quoted(patch)
                : new String(Json.write(result), StandardCharsets.UTF_8);
        List<String> problems = FieldChecks.ofPatch(
                Scales.KIND,
                shown,
                () -> StructuralChecker.check(result, schema(call), Scales.KIND).problems());
        FieldChecks.report(List.of(), problems, options.fieldValidation(), Scales.KIND, shown, warnings);
        return result;
    }

    private static Schema schema(Call call) {
        return Objects.requireNonNull(call.type().subresource("scale")).schema();
    }
}
