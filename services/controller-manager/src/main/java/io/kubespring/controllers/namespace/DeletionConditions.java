package io.kubespring.controllers.namespace;

import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.kubespring.controllers.namespace.NamespaceContent.Remainder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The conditions that tell what a namespace's deletion waits for. */
final class DeletionConditions {

    private DeletionConditions() {}

    static List<NamespaceCondition> of(List<NamespaceCondition> before, Remainder remainder, Instant now) {
        var conditions = new ArrayList<NamespaceCondition>();
        conditions.add(condition(
                "NamespaceDeletionDiscoveryFailure",
                "False",
                "ResourcesDiscovered",
                "All resources successfully discovered"));
        conditions.add(condition(
                "NamespaceDeletionGroupVersionParsingFailure",
                "False",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed"));
        conditions.add(
                remainder.failures().isEmpty()
                        ? condition(
                                "NamespaceDeletionContentFailure",
                                "False",
                                "ContentDeleted",
                                "All content successfully deleted, may be waiting on finalization")
                        : condition(
                                "NamespaceDeletionContentFailure",
                                "True",
                                "ContentDeletionFailed",
                                "Failed to delete all resource types, "
                                        + remainder.failures().size() + " remaining: "
                                        + String.join(", ", remainder.failures())));
        conditions.add(
                remainder.instances().isEmpty()
                        ? condition(
                                "NamespaceContentRemaining",
                                "False",
                                "ContentRemoved",
                                "All content successfully removed")
                        : condition(
                                "NamespaceContentRemaining",
                                "True",
                                "SomeResourcesRemain",
                                "Some resources are remaining: " + join(remainder.instances(), " has ")));
        conditions.add(
                remainder.finalizers().isEmpty()
                        ? condition(
                                "NamespaceFinalizersRemaining",
                                "False",
                                "ContentHasNoFinalizers",
                                "All content-preserving finalizers finished")
                        : condition(
                                "NamespaceFinalizersRemaining",
                                "True",
                                "SomeFinalizersRemain",
                                "Some content in the namespace has finalizers remaining: "
                                        + join(remainder.finalizers(), " in ")));
        String at = now.truncatedTo(ChronoUnit.SECONDS).toString();
        conditions.forEach(next -> next.setLastTransitionTime(before.stream()
                .filter(old ->
                        old.getType().equals(next.getType()) && old.getStatus().equals(next.getStatus()))
                .map(NamespaceCondition::getLastTransitionTime)
                .findFirst()
                .orElse(at)));
        return conditions;
    }

    private static String join(Map<String, Integer> counts, String word) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + word + entry.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private static NamespaceCondition condition(String type, String status, String reason, String message) {
        var condition = new NamespaceCondition();
        condition.setType(type);
        condition.setStatus(status);
        condition.setReason(reason);
        condition.setMessage(message);
        return condition;
    }
}
