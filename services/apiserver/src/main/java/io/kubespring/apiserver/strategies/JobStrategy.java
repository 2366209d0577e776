package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.warnings.WorkloadWarnings;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs ("Specifying your own Pod selector"): unless the user insists on a selector, the server makes one of the Job's
 * uid and labels the template with it.
 */
final class JobStrategy extends WorkloadStrategy {

    private static final List<String> UID_LABELS = List.of("batch.kubernetes.io/controller-uid", "controller-uid");
    private static final List<String> NAME_LABELS = List.of("batch.kubernetes.io/job-name", "job-name");

    JobStrategy() {
        super(
                Traits.CONTROLLED.orphaning(),
                "spec.template",
                WorkloadWarnings::name,
                job -> WorkloadWarnings.job(job.at("spec")));
    }

    @Override
    public void prepareForCreate(ObjectNode job, Context context) {
        super.prepareForCreate(job, context);
        if (job.get("spec") instanceof ObjectNode spec
                && !spec.path("manualSelector").asBoolean(false)) {
            generateSelector(job, spec);
        }
    }

    private static void generateSelector(ObjectNode job, ObjectNode spec) {
        String uid = job.path("metadata").path("uid").asString("");
        String name = job.path("metadata").path("name").asString("");
        ObjectNode template = object(spec, "template");
        ObjectNode labels = object(object(template, "metadata"), "labels");
        NAME_LABELS.forEach(each -> labels.put(each, name));
        UID_LABELS.forEach(each -> labels.put(each, uid));
        object(object(spec, "selector"), "matchLabels")
                .setAll(Map.of(UID_LABELS.getFirst(), labels.get(UID_LABELS.getFirst())));
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
    }
}
