package io.kubespring.apiserver.registry;

import io.kubespring.api.error.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the pipeline asks a kind about. Every method is synchronous, never blocks, and may run several times for one
 * request. Implementations extend {@link GenericStrategy}, which holds the rules that all kinds share, and call
 * {@code super} where they add to it. {@link Context#subresource()} says which endpoint is writing.
 *
 * <p>Objects come defaulted (schema and {@code Defaults}) and structurally sound. {@code next} and {@code object} are
 * the caller's to change; {@code current} is shared and read-only.
 */
public interface ResourceStrategy {

    /** Resets and fills fields before an object is created (status, allocation, …). */
    void prepareForCreate(ObjectNode object, Context context);

    /** The same before an update, of the object or of a subresource such as "status". */
    void prepareForUpdate(ObjectNode next, ObjectNode current, Context context);

    /** Everything wrong with a new object, metadata included. */
    List<FieldError> validateCreate(ObjectNode object, Context context);

    /** Everything wrong with a change. */
    List<FieldError> validateUpdate(ObjectNode next, ObjectNode current, Context context);

    /** Texts of {@code Warning} headers; {@code current} is null on create. */
    List<String> warnings(ObjectNode object, @Nullable ObjectNode current, Context context);

    /** Dotted paths that the endpoint ignores in what a client sends ("status"); nobody comes to own them. */
    Set<String> resetFields(String subresource);

    /** Whether a PUT of a missing object creates it. */
    boolean allowCreateOnUpdate();

    /** Whether a PUT without resourceVersion is accepted. */
    boolean allowUnconditionalUpdate();

    /**
     * How long a deletion waits, in seconds, given what the client asked for; null where the kind knows no graceful
     * deletion.
     */
    @Nullable
    Long gracePeriodSeconds(ObjectNode object, @Nullable Long requested);

    /** Whether something other than {@code metadata.finalizers} holds a deletion back (a namespace's spec.finalizers). */
    boolean holdsDeletion(ObjectNode object);

    /** Changes an object as it is marked for deletion (a namespace's phase). */
    void prepareForDelete(ObjectNode object, Context context);

    /** What becomes of dependents if the client does not say; null where nothing can depend on the kind. */
    @Nullable
    Propagation defaultPropagation();

    /** Whether a DELETE answers with the deleted object instead of a Status. */
    boolean returnsDeletedObject();

    /** How long the store keeps the object; null for ever. */
    @Nullable
    Duration timeToLive(ObjectNode object);

    /** After an object was stored; {@code previous} is null on create. Never runs for a dry run. */
    void afterWrite(@Nullable ObjectNode previous, ObjectNode written, Context context);

    /** After an object is gone from the store: the place to give allocations back. */
    void afterDelete(ObjectNode deleted, Context context);
}
