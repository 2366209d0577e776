package io.kubespring.apiserver.registry;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.error.FieldError;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apimachinery.decode.DuplicateFields;
import io.kubespring.apimachinery.patch.PatchBody;
import io.kubespring.apimachinery.structural.EmptyFields;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.client.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pipeline of a write as one function, current → next, without any waiting: decode or patch, check, default, own,
 * mutating admission, prepare, validate, validating admission. It runs again, whole, when the compare-and-swap fails.
 */
final class NextObject {

    private final Machinery machinery;
    private final AdmissionChain admission;
    private final StrategyRegistry strategies;
    private final RandomSource random;

    NextObject(Machinery machinery, AdmissionChain admission, StrategyRegistry strategies, RandomSource random) {
        this.machinery = machinery;
        this.admission = admission;
        this.strategies = strategies;
        this.random = random;
    }

    /** @param warnings receives the texts of Warning headers */
    ObjectNode create(WriteRequest request, Context context, List<String> warnings) {
        ResourceStrategy strategy = strategies.of(request.type().groupResource());
        List<String> twice = new ArrayList<>(0);
        ObjectNode object = sent(request, null, twice, warnings);
        if (request.name().isEmpty()) {
            if (!Metadata.text(object, "resourceVersion").isEmpty() && !context.dryRun()) {
                throw new StatusException(
                        StatusReason.UNKNOWN, "resourceVersion should not be set on objects to be created");
            }
        } else if (!isApply(request)) {
            Expectations.checkUid(object, null, request);
        } else if (!Metadata.text(object, "uid").isEmpty()) {
            throw StatusException.conflict(
                    request.type().groupResource(),
                    request.name(),
                    "uid mismatch: the provided object specified uid " + Metadata.text(object, "uid")
                            + ", and no existing object was found");
        }
        // An apply patch owns what it says, empty or not.
        EmptyFields empty = isApply(request) ? EmptyFields.NONE : machinery.empty(object, request.type());
        object = owned(request, null, object, strategy, context);
        if (!request.name().isEmpty()) {
            Identity.matchPath(object, request);
        }
        if (isApply(request)) {
            checkOwned(request, object, twice, warnings);
            machinery.applyDefaults(object, request.type());
            empty = machinery.empty(object, request.type());
        }
        AdmissionAttributes attributes =
                attributes(request, AdmissionAttributes.Operation.CREATE, Metadata.name(object));
        admission.mutate(attributes, object, null);
        OwnerReferences.deduplicate(object, true, warnings);
        machinery.applyDefaults(object, request.type());
        generateName(object, context);
        Identity.fillForCreate(object, random, context.now());
        strategy.prepareForCreate(object, context);
        ObjectNode made = object;
        empty.during(() -> refuse(request, made, strategy.validateCreate(made, context)));
        admission.validate(
                attributes(request, AdmissionAttributes.Operation.CREATE, Metadata.name(object)), object, null);
        warnings.addAll(strategy.warnings(object, null, context));
        return object;
    }

    ObjectNode update(WriteRequest request, Live live, Context context, List<String> warnings) {
        ResourceStrategy strategy = strategies.of(request.type().groupResource());
        ObjectNode current = live.object();
        List<String> twice = new ArrayList<>(0);
        ObjectNode next = sent(request, current, twice, warnings);
        if (!isApply(request)) {
            if (!(request.source() instanceof WriteSource.Patch)) {
                Expectations.checkUid(next, current, request);
            }
            Expectations.checkVersion(next, current, request, strategy.allowUnconditionalUpdate() || isPatch(request));
        }
        EmptyFields empty = isApply(request) ? EmptyFields.NONE : machinery.empty(next, request.type());
        next = owned(request, current, next, strategy, context);
        if (isApply(request)) {
            Identity.matchPath(next, request);
            checkOwned(request, next, twice, warnings);
            machinery.applyDefaults(next, request.type());
            empty = machinery.empty(next, request.type());
            Expectations.checkVersion(next, current, request, true);
        }
        AdmissionAttributes attributes =
                attributes(request, AdmissionAttributes.Operation.UPDATE, Metadata.name(current));
        boolean derived = request.source() instanceof WriteSource.Derived;
        boolean prepared = !(request.source() instanceof WriteSource.Derived change) || change.prepared();
        if (!derived) {
            admission.mutate(attributes, next, current);
            OwnerReferences.deduplicate(next, true, warnings);
            machinery.applyDefaults(next, request.type());
        }
        Metadata.of(next).put("resourceVersion", Metadata.text(current, "resourceVersion"));
        Identity.keepForUpdate(next, current);
        if (prepared) {
            strategy.prepareForUpdate(next, current, context);
            ObjectNode changed = next;
            empty.during(() -> refuse(request, changed, strategy.validateUpdate(changed, current, context)));
        }
        if (!derived) {
            admission.validate(attributes, next, current);
        }
        warnings.addAll(strategy.warnings(next, current, context));
        OwnershipTimes.keepUnlessChanged(next, current);
        return next;
    }

    /**
     * What a client sent about an object that is not there.
     *
     * @throws StatusException where nobody could be meant by it
     */
    ObjectNode read(WriteRequest request, List<String> warnings) {
        return sent(request, null, new ArrayList<>(0), warnings);
    }

    private void generateName(ObjectNode object, Context context) {
        if (Identity.generateName(object, random)) {
            context.nameWasGenerated();
        }
    }

    /**
     * What the client wants: checked and defaulted, except for an apply patch, which ownership needs raw.
     *
     * @param twice receives what an apply patch says more than once
     */
    private ObjectNode sent(
            WriteRequest request, @Nullable ObjectNode current, List<String> twice, List<String> warnings) {
        return switch (request.source()) {
            case WriteSource.Body body -> {
                List<String> duplicates = new ArrayList<>(0);
                ObjectNode object = machinery.decode(body.bytes(), body.mediaType(), duplicates, request.type());
                checkKind(object, request.kind());
                check(request, object, null, duplicates, warnings);
                Identity.matchPath(object, request);
                OwnerReferences.deduplicate(object, false, warnings);
                machinery.applyDefaults(object, request.type());
                yield object;
            }
            case WriteSource.Patch patch
            when patch.type() == PatchType.APPLY -> {
                ObjectNode applied = PatchBody.applyPatch(patch.bytes(), twice);
                checkApplied(applied, request.kind());
                Identity.checkNamespace(applied, request);
                if (!Metadata.name(applied).isEmpty()) {
                    Identity.checkName(applied, request);
                }
                if (applied.path("metadata").hasNonNull("managedFields")) {
                    throw StatusException.badRequest("metadata.managedFields must be nil");
                }
                yield applied;
            }
            case WriteSource.Patch patch -> {
                if (current == null) {
                    throw StatusException.notFound(request.type().groupResource(), request.name());
                }
                List<String> duplicates = new ArrayList<>(0);
                ObjectNode patched = machinery.patch(patch.type(), current, patch.bytes(), duplicates, request.type());
                checkKind(patched, request.kind());
                check(request, patched, () -> shown(patch, patched), duplicates, warnings);
                Identity.matchPath(patched, request);
                machinery.applyDefaults(patched, request.type());
                yield patched;
            }
            case WriteSource.Derived derived -> {
                if (current == null) {
                    throw StatusException.notFound(request.type().groupResource(), request.name());
                }
                ObjectNode changed = current.deepCopy();
                derived.change().apply(changed);
                yield changed;
            }
        };
    }

    private ObjectNode owned(
            WriteRequest request,
            @Nullable ObjectNode current,
            ObjectNode object,
            ResourceStrategy strategy,
            Context context) {
        var reset = strategy.resetFields(request.subresource());
        return isApply(request)
                ? machinery.apply(request, current, object, reset, context.now())
                : machinery.own(request, current, object, reset, context.now());
    }

    /** @param patched how an error quotes a patch; null for a whole body */
    private void check(
            WriteRequest request,
            ObjectNode object,
            @Nullable Supplier<String> patched,
            List<String> duplicates,
            List<String> warnings) {
        List<String> problems = new ArrayList<>(0);
        if (patched == null) {
            problems.addAll(machinery.check(object, request.type(), DuplicateFields.paths(duplicates)));
        } else {
            // They stand in the patch, whose lists are others than the object's.
            DuplicateFields.paths(duplicates).forEach(path -> problems.add("duplicate field \"" + path + '"'));
            problems.addAll(FieldChecks.ofPatch(
                    request.kind(), patched, () -> machinery.check(object, request.type(), List.of())));
        }
        FieldChecks.report(
                DuplicateFields.sentences(duplicates),
                problems,
                request.options().fieldValidation(),
                request.kind(),
                patched,
                warnings);
    }

    /** What came of an apply, once its conflicts are settled; fields that stood twice are told last, as upstream does. */
    private void checkOwned(WriteRequest request, ObjectNode object, List<String> twice, List<String> warnings) {
        check(request, object, null, List.of(), warnings);
        FieldChecks.reportTwice(twice, request.options().fieldValidation(), warnings);
    }

    private static String shown(WriteSource.Patch patch, ObjectNode patched) {
        return patch.type() == PatchType.STRATEGIC
                ? PatchBody.quoted(patch.bytes())
                : new String(Json.write(patched), StandardCharsets.UTF_8);
    }

    /** An applied configuration says what it is. */
    private static void checkApplied(ObjectNode applied, GroupVersionKind expected) {
        GroupVersionKind found = GroupVersionKind.of(
                applied.path("apiVersion").asString(""), applied.path("kind").asString(""));
        if (!found.equals(expected)) {
            throw StatusException.badRequest(
                    "invalid object type: " + found.group() + "/" + found.version() + ", Kind=" + found.kind());
        }
    }

    private void checkKind(ObjectNode object, GroupVersionKind expected) {
        KindCheck.check(object, expected, machinery::knows);
    }

    private static void refuse(WriteRequest request, ObjectNode object, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw StatusException.invalid(request.kind(), Metadata.name(object), errors);
        }
    }

    private static AdmissionAttributes attributes(
            WriteRequest request, AdmissionAttributes.Operation operation, String name) {
        return new AdmissionAttributes(
                operation,
                request.kind(),
                request.type().groupResource(),
                request.subresource(),
                request.namespace(),
                name,
                request.user(),
                request.options().dryRun(),
                request.options().toTree());
    }

    private static boolean isApply(WriteRequest request) {
        return request.source() instanceof WriteSource.Patch patch && patch.type() == PatchType.APPLY;
    }

    private static boolean isPatch(WriteRequest request) {
        return !(request.source() instanceof WriteSource.Body);
    }
}
