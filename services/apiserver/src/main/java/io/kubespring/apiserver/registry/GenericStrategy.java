package io.kubespring.apiserver.registry;

import io.kubespring.api.catalog.ResourceType;
import io.kubespring.api.error.FieldError;
import io.kubespring.kinds.validation.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules that all kinds share: the object's endpoint cannot write {@code status} and the status endpoint can write
 * nothing else, and {@code metadata.generation} counts changes of everything but metadata and status. Kinds without
 * rules of their own are served by it as it is; the others extend it.
 */
public class GenericStrategy implements ResourceStrategy {

    private static final Set<String> STATUS = Set.of("status");

    /** Whether {@code metadata.generation} is kept for this resource; upstream does so for kinds that controllers act on. */
    protected boolean tracksGeneration(ResourceType type) {
        return type.subresource("status") != null && !type.kind().group().isEmpty();
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        if (context.type().subresource("status") != null) {
            object.remove("status");
        }
        if (tracksGeneration(context.type())) {
            metadata(object).put("generation", 1L);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        if (context.subresource().equals("status")) {
            keepAllBut(STATUS, next, current);
        } else if (context.subresource().isEmpty() && context.type().subresource("status") != null) {
            keep("status", next, current);
        }
        keepGeneration(next, current);
        if (tracksGeneration(context.type()) && differsInSpec(next, current)) {
            long generation = current.path("metadata").path("generation").asLong(0);
            metadata(next).put("generation", generation + 1);
        }
    }

    @Override
    public List<FieldError> validateCreate(ObjectNode object, Context context) {
        return Validation.create(context.type().kind(), object);
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode next, ObjectNode current, Context context) {
        return Validation.update(context.type().kind(), context.subresource(), next, current);
    }

    @Override
    public List<String> warnings(ObjectNode object, @Nullable ObjectNode current, Context context) {
        return List.of();
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return subresource.equals("status") ? Set.of("spec") : STATUS;
    }

    @Override
    public boolean allowCreateOnUpdate() {
        return false;
    }

    @Override
    public boolean allowUnconditionalUpdate() {
        return true;
    }

    @Override
    public @Nullable Long gracePeriodSeconds(ObjectNode object, @Nullable Long requested) {
        return null;
    }

    @Override
    public boolean holdsDeletion(ObjectNode object) {
        return false;
    }

    @Override
    public void prepareForDelete(ObjectNode object, Context context) {}

    @Override
    public @Nullable Propagation defaultPropagation() {
        return Propagation.BACKGROUND;
    }

    @Override
    public boolean returnsDeletedObject() {
        return false;
    }

    @Override
    public @Nullable Duration timeToLive(ObjectNode object) {
        return null;
    }

    @Override
    public void afterWrite(@Nullable ObjectNode previous, ObjectNode written, Context context) {}

    @Override
    public void afterDelete(ObjectNode deleted, Context context) {}

    /** Takes one top-level field from {@code current}. */
    protected static void keep(String field, ObjectNode next, ObjectNode current) {
        JsonNode old = current.get(field);
        if (old == null) {
            next.remove(field);
        } else {
            next.set(field, old.deepCopy());
        }
    }

    /** The {@code metadata} of an object, made if missing. */
    protected static ObjectNode metadata(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    private static void keepAllBut(Set<String> fields, ObjectNode next, ObjectNode current) {
        for (String field : List.copyOf(next.propertyNames())) {
            if (!isIdentity(field) && !fields.contains(field)) {
                keep(field, next, current);
            }
        }
        for (String field : current.propertyNames()) {
            if (!isIdentity(field) && !fields.contains(field)) {
                keep(field, next, current);
            }
        }
    }

    private static boolean isIdentity(String field) {
        return field.equals("metadata") || field.equals("kind") || field.equals("apiVersion");
    }

    private static void keepGeneration(ObjectNode next, ObjectNode current) {
        JsonNode generation = current.path("metadata").get("generation");
        if (generation == null) {
            metadata(next).remove("generation");
        } else {
            metadata(next).set("generation", generation);
        }
    }

    private static boolean differsInSpec(ObjectNode next, ObjectNode current) {
        var fields = new ArrayList<>(next.propertyNames());
        fields.addAll(current.propertyNames());
        for (String field : fields) {
            if (isIdentity(field) || field.equals("status")) {
                continue;
            }
            JsonNode mine = next.get(field);
            if (mine == null || !mine.equals(current.get(field))) {
                return true;
            }
        }
        return false;
    }
}
