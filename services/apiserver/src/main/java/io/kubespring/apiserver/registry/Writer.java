package io.kubespring.apiserver.registry;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.apimachinery.convert.Conversions;
import io.kubespring.apiserver.authorization.Attributes;
import io.kubespring.apiserver.authorization.Authorizer;
import io.kubespring.apiserver.authorization.Decision;
import io.kubespring.apiserver.authorization.ForbiddenMessage;
import io.kubespring.apiserver.authorization.ObjectSource;
import io.kubespring.apiserver.registry.Beginnings.Beginning;
import io.kubespring.client.PatchType;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores what {@link NextObject} makes of a request, by compare-and-swap: on a conflict the whole function runs again from
 * what is there now. A write that changes nothing is not stored; an update that removes the last finalizer of a deleted
 * object removes the object.
 */
public final class Writer {

    private static final int MAX_ATTEMPTS = 50;
    private static final int MAX_GENERATED_NAMES = 8;

    private final Store store;
    private final Beginnings beginnings;
    private final NextObject pipeline;
    private final StrategyRegistry strategies;
    private final ObjectSource objects;
    private final Authorizer authorizer;
    private final TimeSource time;

    Writer(
            Store store,
            Beginnings beginnings,
            NextObject pipeline,
            StrategyRegistry strategies,
            ObjectSource objects,
            Authorizer authorizer,
            TimeSource time) {
        this.authorizer = authorizer;
        this.store = store;
        this.beginnings = beginnings;
        this.pipeline = pipeline;
        this.strategies = strategies;
        this.objects = objects;
        this.time = time;
    }

    /** Fails with a {@link StatusException}. */
    public CompletableFuture<WriteResult> create(WriteRequest request) {
        return create(request, 1);
    }

    /** Replaces, patches or applies; fails with a {@link StatusException}. */
    public CompletableFuture<WriteResult> update(WriteRequest request) {
        return beginnings.begin(
                request.type(),
                request.namespace(),
                request.name(),
                request.options().dryRun(),
                from -> updateFrom(request, from, 1));
    }

    private CompletableFuture<WriteResult> create(WriteRequest request, int attempt) {
        Context context = context(request);
        List<String> warnings = new ArrayList<>(0);
        ObjectNode object = attempt(context, warnings, () -> pipeline.create(request, context, warnings));
        String name = Metadata.name(object);
        if (request.options().dryRun()) {
            return dry(context, () -> dryCreate(request, object, warnings));
        }
        var strategy = strategies.of(request.type().groupResource());
        byte[] encoded = encode(object);
        return claimed(context, () -> store.create(key(request, name), encoded, strategy.timeToLive(object)))
                .handle((revision, failure) -> {
                    if (failure == null) {
                        return committed(request, context, null, object, encoded, revision, warnings);
                    }
                    context.abort();
                    if (Failures.cause(failure) instanceof Claim.Lost lost && attempt < MAX_ATTEMPTS) {
                        return after(lost, () -> create(request, attempt + 1));
                    }
                    if (!(Failures.cause(failure) instanceof StoreException.Exists)) {
                        return CompletableFuture.<WriteResult>failedFuture(given(request, Failures.cause(failure)));
                    }
                    if (!request.name().isEmpty()) {
                        return update(request); // made by another meanwhile
                    }
                    return context.nameGenerated() && attempt < MAX_GENERATED_NAMES
                            ? create(request, attempt + 1)
                            : nameTaken(request, object);
                })
                .thenCompose(result -> result);
    }

    private CompletableFuture<WriteResult> nameTaken(WriteRequest request, ObjectNode object) {
        return store.get(key(request, Metadata.name(object))).thenApply(there -> {
            throw NameTaken.refuse(request.type().groupResource(), object, there);
        });
    }

    private CompletableFuture<WriteResult> dryCreate(WriteRequest request, ObjectNode object, List<String> warnings) {
        return store.get(key(request, Metadata.name(object))).thenApply(existing -> {
            if (existing != null) {
                throw NameTaken.refuse(request.type().groupResource(), object, existing);
            }
            return WriteResult.unstored(true, object, warnings);
        });
    }

    private CompletableFuture<WriteResult> updateFrom(WriteRequest request, Beginning from, int attempt) {
        var strategy = strategies.of(request.type().groupResource());
        Store.Entry entry = from.entry();
        if (entry == null) {
            if (request.subresource().isEmpty() && mayCreate(request, strategy)) {
                authorizeCreate(request);
                return create(request, 1);
            }
            List<String> warnings = new ArrayList<>(0);
            attempt(context(request), warnings, () -> pipeline.read(request, warnings));
            throw StatusException.notFound(request.type().groupResource(), request.name());
        }
        Live live = Live.of(entry, request.type());
        Context context = context(request);
        List<String> warnings = new ArrayList<>(0);
        ObjectNode next;
        try {
            next = attempt(context, warnings, () -> pipeline.update(request, live, context, warnings));
        } catch (RuntimeException refused) {
            return confirmed(request, from, attempt, () -> CompletableFuture.failedFuture(refused));
        }
        if (next.equals(live.object())) {
            context.abort();
            var unchanged = WriteResult.unstored(false, next, warnings);
            return confirmed(request, from, attempt, () -> CompletableFuture.completedFuture(unchanged));
        }
        if (request.options().dryRun()) {
            return dry(context, () -> CompletableFuture.completedFuture(WriteResult.unstored(false, next, warnings)));
        }
        boolean remove = Deletion.finishedBy(next, live.object(), strategy);
        byte[] encoded = remove ? null : encode(next);
        CompletableFuture<Long> write = claimed(
                context,
                () -> encoded == null
                        ? store.delete(entry.key(), live.revision())
                        : store.update(entry.key(), encoded, live.revision(), strategy.timeToLive(next)));
        return write.handle((revision, failure) -> {
                    if (failure == null) {
                        if (remove) {
                            strategy.afterDelete(next, context);
                        }
                        return committed(request, context, live.object(), next, encoded, revision, warnings);
                    }
                    context.abort();
                    return updateAgain(request, from, Failures.cause(failure), attempt);
                })
                .thenCompose(result -> result);
    }

    private CompletableFuture<WriteResult> updateAgain(
            WriteRequest request, Beginning from, Throwable failure, int attempt) {
        if (failure instanceof Claim.Lost lost && attempt < MAX_ATTEMPTS) {
            String key = key(request, request.name());
            return after(
                    lost,
                    () -> store.get(key)
                            .thenCompose(now -> updateFrom(request, new Beginning(now, true), attempt + 1)));
        }
        if (failure instanceof StoreException.Conflict conflict && attempt < MAX_ATTEMPTS) {
            return updateFrom(request, new Beginning(conflict.current(), true), attempt + 1);
        }
        Throwable given = given(request, failure);
        // A claim was refused; of a write that failed nobody knows whether it happened.
        return failure instanceof StatusException
                ? confirmed(request, from, attempt, () -> CompletableFuture.failedFuture(given))
                : CompletableFuture.failedFuture(given);
    }

    private CompletableFuture<WriteResult> confirmed(
            WriteRequest request, Beginning from, int attempt, Supplier<CompletableFuture<WriteResult>> answer) {
        return beginnings.confirmed(from, answer, now -> updateFrom(request, now, attempt + 1));
    }

    private CompletableFuture<WriteResult> committed(
            WriteRequest request,
            Context context,
            @Nullable ObjectNode previous,
            ObjectNode written,
            byte @Nullable [] encoded,
            long revision,
            List<String> warnings) {
        Metadata.of(written).put("resourceVersion", Long.toString(revision));
        context.commit();
        strategies.of(request.type().groupResource()).afterWrite(previous, written, context);
        return context.settled(new WriteResult(previous == null, written, encoded, revision, warnings));
    }

    /** The write, after whatever it needs was claimed. */
    private static CompletableFuture<Long> claimed(Context context, Supplier<CompletableFuture<Long>> write) {
        return context.hasClaims() ? context.takeClaims().thenCompose(taken -> write.get()) : write.get();
    }

    private static CompletableFuture<WriteResult> dry(
            Context context, Supplier<CompletableFuture<WriteResult>> result) {
        CompletableFuture<Void> checked = context.checkClaims();
        context.abort();
        return checked.thenCompose(claimable -> result.get());
    }

    private static CompletableFuture<WriteResult> after(
            Claim.Lost lost, Supplier<CompletableFuture<WriteResult>> nextAttempt) {
        return lost.informed().handle((nothing, failure) -> nextAttempt.get()).thenCompose(result -> result);
    }

    /** Who may only change an object may not make it by changing it. */
    private void authorizeCreate(WriteRequest request) {
        Attributes attributes = Attributes.resource(
                request.user(),
                "create",
                request.kind().group(),
                request.type().plural(),
                "",
                request.namespace(),
                request.name());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw ForbiddenMessage.of(attributes, decision.reason());
        }
    }

    private static boolean mayCreate(WriteRequest request, ResourceStrategy strategy) {
        return switch (request.source()) {
            case WriteSource.Body body -> strategy.allowCreateOnUpdate();
            case WriteSource.Patch patch -> patch.type() == PatchType.APPLY;
            case WriteSource.Derived derived -> false;
        };
    }

    private static Throwable given(WriteRequest request, Throwable failure) {
        return failure instanceof StoreException.Conflict || failure instanceof Claim.Lost
                ? new StatusException(
                        StatusReason.CONFLICT,
                        "Operation cannot be fulfilled on " + request.type().groupResource() + " \"" + request.name()
                                + "\": too many concurrent changes")
                : failure;
    }

    private Context context(WriteRequest request) {
        return new Context(
                request.type(),
                request.subresource(),
                request.namespace(),
                request.user(),
                time.now(),
                request.options().dryRun(),
                objects);
    }

    private static ObjectNode attempt(Context context, List<String> warnings, Supplier<ObjectNode> pipeline) {
        try {
            return pipeline.get();
        } catch (StatusException refused) {
            context.abort();
            throw refused.warning(warnings);
        } catch (RuntimeException refused) {
            context.abort();
            throw refused;
        }
    }

    private static String key(WriteRequest request, String name) {
        return ObjectKeys.of(request.type(), request.namespace(), name);
    }

    /** The stored form: in the stored version, and without resourceVersion, which the store's revision is. */
    static byte[] encode(ObjectNode object) {
        Metadata.of(object).remove("resourceVersion");
        return Json.write(Conversions.toStored(typeFirst(object)));
    }

    /** Side by side, where lists leave them out. */
    private static ObjectNode typeFirst(ObjectNode object) {
        Iterator<String> names = object.propertyNames().iterator();
        if (names.next().equals("kind") && names.next().equals("apiVersion")
                || !object.has("kind")
                || !object.has("apiVersion")) {
            return object;
        }
        ObjectNode rest = object.objectNode().setAll(object);
        JsonNode kind = rest.remove("kind");
        JsonNode apiVersion = rest.remove("apiVersion");
        object.removeAll();
        object.set("kind", kind);
        object.set("apiVersion", apiVersion);
        object.setAll(rest);
        return object;
    }
}
