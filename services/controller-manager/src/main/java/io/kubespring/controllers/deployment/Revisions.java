package io.kubespring.controllers.deployment;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which ReplicaSet is which revision, and the annotations that say so. */
final class Revisions {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";
    static final String HASH = "pod-template-hash";

    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DESIRED,
            MAX,
            "deprecated.deployment.rollback.to");
    private static final int MAX_HISTORY_LENGTH = 2000;

    static final Comparator<ReplicaSet> OLDEST_FIRST = Comparator.comparing(
                    (ReplicaSet set) -> String.valueOf(set.getMetadata().getCreationTimestamp()))
            .thenComparing(set -> set.getMetadata().getName());

    private Revisions() {}

    /** The oldest ReplicaSet that has the Deployment's template, or null. */
    static @Nullable ReplicaSet findNew(Deployment deployment, Collection<ReplicaSet> sets) {
        PodTemplateSpec wanted = withoutHash(deployment.getSpec().getTemplate());
        return sets.stream()
                .sorted(OLDEST_FIRST)
                .filter(set -> withoutHash(set.getSpec().getTemplate()).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    static boolean sameTemplate(Deployment deployment, ReplicaSet set) {
        return withoutHash(set.getSpec().getTemplate())
                .equals(withoutHash(deployment.getSpec().getTemplate()));
    }

    private static PodTemplateSpec withoutHash(PodTemplateSpec template) {
        if (template.getMetadata() == null
                || template.getMetadata().getLabels() == null
                || !template.getMetadata().getLabels().containsKey(HASH)) {
            return template;
        }
        return new PodTemplateSpecBuilder(template)
                .editMetadata()
                .removeFromLabels(HASH)
                .endMetadata()
                .build();
    }

    static List<ReplicaSet> findOld(Collection<ReplicaSet> sets, @Nullable ReplicaSet newest) {
        return sets.stream()
                .filter(set -> newest == null
                        || !Objects.equals(
                                set.getMetadata().getUid(), newest.getMetadata().getUid()))
                .toList();
    }

    static List<ReplicaSet> withReplicas(Collection<ReplicaSet> sets) {
        return sets.stream().filter(set -> RolloutArithmetic.replicas(set) > 0).toList();
    }

    static long revision(@Nullable ReplicaSet set) {
        return set == null
                ? 0
                : number(annotations(set.getMetadata().getAnnotations()).get(REVISION));
    }

    static long maxRevision(Collection<ReplicaSet> sets) {
        return sets.stream().mapToLong(Revisions::revision).max().orElse(0);
    }

    static int maxReplicas(ReplicaSet set) {
        return (int) number(annotations(set.getMetadata().getAnnotations()).get(MAX));
    }

    /** What the Deployment wanted when the ReplicaSet was last scaled; -1 where unknown. */
    static int desiredReplicas(ReplicaSet set) {
        String text = annotations(set.getMetadata().getAnnotations()).get(DESIRED);
        return text == null ? -1 : (int) number(text);
    }

    /** The annotations of the newest ReplicaSet: the Deployment's own, the revision, and where it is new its sizes. */
    static Map<String, String> forNewest(Deployment deployment, @Nullable ReplicaSet existing, long revision) {
        Map<String, String> next = new LinkedHashMap<>();
        if (existing != null) {
            next.putAll(annotations(existing.getMetadata().getAnnotations()));
        }
        annotations(deployment.getMetadata().getAnnotations()).forEach((key, value) -> {
            if (!NOT_COPIED.contains(key)) {
                next.put(key, value);
            }
        });
        String before = next.get(REVISION);
        if (revision > number(before)) {
            next.put(REVISION, Long.toString(revision));
            if (before != null) {
                addToHistory(next, before);
            }
        }
        if (existing == null) {
            next.putAll(sizes(deployment));
        }
        return next;
    }

    static Map<String, String> sizes(Deployment deployment) {
        int replicas = RolloutArithmetic.replicas(deployment);
        var sizes = new HashMap<String, String>();
        sizes.put(DESIRED, Integer.toString(replicas));
        sizes.put(MAX, Integer.toString(replicas + RolloutArithmetic.maxSurge(deployment)));
        return sizes;
    }

    private static void addToHistory(Map<String, String> annotations, String revision) {
        String history = annotations.get(HISTORY);
        if (history == null || history.isEmpty()) {
            annotations.put(HISTORY, revision);
            return;
        }
        var revisions = new ArrayList<>(List.of(history.split(",")));
        revisions.add(revision);
        String joined = String.join(",", revisions);
        while (joined.length() > MAX_HISTORY_LENGTH) {
            revisions.removeFirst();
            joined = String.join(",", revisions);
        }
        annotations.put(HISTORY, joined);
    }

    static Map<String, String> annotations(@Nullable Map<String, String> annotations) {
        return annotations == null ? Map.of() : annotations;
    }

    private static long number(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
