package io.kubespring.apimachinery.convert;

import io.kubespring.api.GroupVersionKind;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The built-in kinds that are served in two versions out of one place in the store: Events (stored as the core group's)
 * and horizontal autoscalers (stored as v2). Every other kind is stored as it is served.
 */
public final class Conversions {

    private static final GroupVersionKind CORE_EVENT = new GroupVersionKind("", "v1", "Event");
    private static final GroupVersionKind AUTOSCALER =
            new GroupVersionKind("autoscaling", "v2", "HorizontalPodAutoscaler");

    /** By the version that is served but not stored. */
    private static final Map<GroupVersionKind, Pair> PAIRS = Map.of(
            new GroupVersionKind("events.k8s.io", "v1", "Event"),
            new Pair(CORE_EVENT, EventConversion::toCore, EventConversion::toEvents),
            new GroupVersionKind("autoscaling", "v1", "HorizontalPodAutoscaler"),
            new Pair(AUTOSCALER, AutoscalerConversion::toV2, AutoscalerConversion::toV1));

    private record Pair(
            GroupVersionKind stored, UnaryOperator<ObjectNode> toStored, UnaryOperator<ObjectNode> fromStored) {}

    private Conversions() {}

    /** The version in which objects of a kind are stored; the kind itself for nearly all. */
    public static GroupVersionKind stored(GroupVersionKind kind) {
        Pair pair = PAIRS.get(kind);
        return pair == null ? kind : pair.stored();
    }

    /** Whether objects are stored as they are served. */
    public static boolean isStored(GroupVersionKind kind) {
        return !PAIRS.containsKey(kind);
    }

    /** The object in the version that is stored: itself if it is in that, else a new one. */
    public static ObjectNode toStored(ObjectNode object) {
        return convert(object, stored(kindOf(object)));
    }

    /**
     * The object in another version: itself if it is in that already, else a new one.
     *
     * Versions of one group that have no rules here differ by name only, as those of custom resources do.
     *
     * @throws IllegalArgumentException if the two are not versions of one kind
     */
    public static ObjectNode convert(ObjectNode object, GroupVersionKind to) {
        GroupVersionKind from = kindOf(object);
        if (from.equals(to)) {
            return object;
        }
        UnaryOperator<ObjectNode> conversion = conversion(from, to);
        if (conversion == null && from.group().equals(to.group()) && from.kind().equals(to.kind())) {
            conversion = UnaryOperator.identity();
        }
        if (conversion == null) {
            throw new IllegalArgumentException("no conversion from " + from + " to " + to);
        }
        return conversion
                .apply(object.deepCopy())
                .put("apiVersion", to.apiVersion())
                .put("kind", to.kind());
    }

    private static @Nullable UnaryOperator<ObjectNode> conversion(GroupVersionKind from, GroupVersionKind to) {
        Pair down = PAIRS.get(from);
        if (down != null && down.stored().equals(to)) {
            return down.toStored();
        }
        Pair up = PAIRS.get(to);
        return up != null && up.stored().equals(from) ? up.fromStored() : null;
    }

    private static GroupVersionKind kindOf(ObjectNode object) {
        return GroupVersionKind.of(
                object.path("apiVersion").asString(""), object.path("kind").asString(""));
    }
}
