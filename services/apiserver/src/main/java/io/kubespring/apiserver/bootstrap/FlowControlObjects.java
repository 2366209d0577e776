package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.client.ApiResource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.Resources;
import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import io.kubespring.kinds.tree.Semantics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The priority levels and flow schemas that every cluster has, kept by upstream's rules: mandatory ones always as they
 * must be; suggested ones for as long as their annotation {@code apf.kubernetes.io/autoupdate-spec} is "true", which it
 * becomes on an object that nobody changed since it was made. Those of an older release, still annotated, are deleted.
 */
final class FlowControlObjects implements BootstrapStep {

    static final ApiResource SCHEMAS = Ensure.of("flowcontrol.apiserver.k8s.io", "FlowSchema", "flowschemas", false);
    private static final ApiResource LEVELS = Ensure.of(
            "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", "prioritylevelconfigurations", false);

    @Override
    public String name() {
        return "priority-and-fairness-config-producer";
    }

    @Override
    public void run(KubeClient client) {
        ensure(client.trees(LEVELS), BuiltInFlowControl.mandatoryLevels(), BuiltInFlowControl.suggestedLevels());
        ensure(client.trees(SCHEMAS), BuiltInFlowControl.mandatorySchemas(), BuiltInFlowControl.suggestedSchemas());
    }

    private static void ensure(
            Resources<ObjectNode> resources, List<ObjectNode> mandatory, List<ObjectNode> suggested) {
        Set<String> known = new HashSet<>();
        for (ObjectNode wanted : suggested) {
            known.add(name(wanted));
            Ensure.upToDate(resources, wanted, stored -> suggestedInstead(stored, wanted));
        }
        for (ObjectNode wanted : mandatory) {
            known.add(name(wanted));
            Ensure.upToDate(resources, wanted, stored -> maintained(stored, wanted, true));
        }
        for (ObjectNode stored : Await.value(resources.list(ListOptions.ALL)).items()) {
            if (annotation(stored).equals("true") && !known.contains(name(stored))) {
                Await.done(resources.delete(name(stored)));
            }
        }
    }

    private static @Nullable ObjectNode suggestedInstead(ObjectNode stored, ObjectNode wanted) {
        boolean untouched = stored.path("metadata").path("generation").asLong(0) <= 1;
        boolean maintain = switch (annotation(stored)) {
            case "true" -> true;
            case "false" -> false;
            default -> untouched;
        };
        return maintained(stored, wanted, maintain);
    }

    /** @return what to store instead, or null if it will do */
    private static @Nullable ObjectNode maintained(ObjectNode stored, ObjectNode wanted, boolean maintain) {
        ObjectNode next = stored.deepCopy();
        JsonNode spec = kept(stored, wanted);
        if (maintain && !Semantics.equal(stored.path("spec"), spec)) {
            next.set("spec", spec);
        }
        if (!annotation(stored).equals(Boolean.toString(maintain))) {
            next.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .put(BuiltInFlowControl.AUTO_UPDATE, Boolean.toString(maintain));
        }
        return next.equals(stored) ? null : next;
    }

    /** The shares of the exempt level are an administrator's to set. */
    private static JsonNode kept(ObjectNode stored, ObjectNode wanted) {
        ObjectNode spec = wanted.path("spec").deepCopy() instanceof ObjectNode copy ? copy : Json.object();
        JsonNode exempt = stored.path("spec").path("exempt");
        if (spec.has("exempt") && exempt.isObject()) {
            spec.set("exempt", exempt);
        }
        return spec;
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String annotation(ObjectNode object) {
        return object.path("metadata")
                .path("annotations")
                .path(BuiltInFlowControl.AUTO_UPDATE)
                .asString("");
    }
}
