package io.kubespring.apiserver.flowcontrol;

import io.kubespring.kinds.flowcontrol.BuiltInFlowControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Imagines the mandatory objects where nobody has made them, so that every request has a level. */
final class Mandatory {

    private static final List<PriorityLevel> LEVELS = BuiltInFlowControl.mandatoryLevels().stream()
            .map(tree -> Objects.requireNonNull(PriorityLevel.read(tree)))
            .toList();
    private static final List<FlowSchema> SCHEMAS =
            BuiltInFlowControl.mandatorySchemas().stream().map(FlowSchema::read).toList();

    private Mandatory() {}

    static List<PriorityLevel> completedLevels(List<PriorityLevel> stored) {
        List<PriorityLevel> all = new ArrayList<>(stored);
        for (PriorityLevel each : LEVELS) {
            if (stored.stream().noneMatch(level -> level.name().equals(each.name()))) {
                all.add(each);
            }
        }
        return all;
    }

    /** In matching order. */
    static List<FlowSchema> completedSchemas(List<FlowSchema> stored) {
        List<FlowSchema> all = new ArrayList<>(stored);
        for (FlowSchema each : SCHEMAS) {
            if (stored.stream().noneMatch(schema -> schema.name().equals(each.name()))) {
                all.add(each);
            }
        }
        all.sort(FlowSchema.ORDER);
        return all;
    }
}
