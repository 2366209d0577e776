package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.pod.DisabledPodFields;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.warnings.PodWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kinds with a template of Pods: it loses what 1.36 does not serve, and is warned of as a Pod would be. */
class WorkloadStrategy extends KindStrategy {

    /** Nothing to warn of. */
    static final Function<Field, List<String>> NOTHING = object -> List.of();

    private final String template;
    private final Function<Field, List<String>> ofNew;
    private final Function<Field, List<String>> ofAll;

    /**
     * @param template where it is, by dots
     * @param ofNew what else to warn of in a new object
     * @param ofAll what else to warn of in a new object and a changed one
     */
    WorkloadStrategy(
            Traits traits, String template, Function<Field, List<String>> ofNew, Function<Field, List<String>> ofAll) {
        super(traits);
        this.template = template;
        this.ofNew = ofNew;
        this.ofAll = ofAll;
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        super.prepareForCreate(object, context);
        DisabledPodFields.drop(spec(object), object.path("nothing before"));
    }

    @Override
    public void prepareForUpdate(ObjectNode next, ObjectNode current, Context context) {
        if (context.subresource().isEmpty()) {
            DisabledPodFields.drop(spec(next), spec(current));
        }
        super.prepareForUpdate(next, current, context);
    }

    @Override
    public List<String> warnings(ObjectNode object, @Nullable ObjectNode current, Context context) {
        if (!context.subresource().isEmpty()
                || (current != null
                        && object.path("metadata")
                                .path("generation")
                                .equals(current.path("metadata").path("generation")))) {
            return List.of();
        }
        Field root = Field.root(object);
        List<String> warnings = new ArrayList<>(0);
        if (current == null) {
            warnings.addAll(ofNew.apply(root));
        }
        warnings.addAll(ofAll.apply(root));
        Field place = root;
        for (String step : template.split("\\.")) {
            place = place.at(step);
        }
        warnings.addAll(PodWarnings.ofTemplate(place));
        return warnings;
    }

    private JsonNode spec(JsonNode object) {
        JsonNode place = object;
        for (String step : template.split("\\.")) {
            place = place.path(step);
        }
        return place.path("spec");
    }
}
