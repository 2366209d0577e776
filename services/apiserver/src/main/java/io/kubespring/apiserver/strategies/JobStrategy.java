package io.kubespring.apiserver.strategies;

import io.kubespring.apiserver.registry.Context;
import io.kubespring.kinds.warnings.WorkloadWarnings;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs ("Specifying your own Pod selector"): unless the user insists on a selector, the server makes one of the Job's
 * uid and labels the template with it. A Job without labels of its own has those of its template, these included.
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
        JsonNode sent = labels.deepCopy();
        // What contradicts them is left for validation to refuse.
        NAME_LABELS.forEach(each -> putIfAbsent(labels, each, name));
        UID_LABELS.forEach(each -> putIfAbsent(labels, each, uid));
        putIfAbsent(object(object(spec, "selector"), "matchLabels"), UID_LABELS.getFirst(), uid);
        JsonNode own = job.path("metadata").path("labels");
        if (own.isEmpty() || own.equals(sent)) {
            metadata(job).set("labels", labels.deepCopy());
        }
    }

    private static void putIfAbsent(ObjectNode labels, String key, String value) {
        if (!labels.has(key)) {
            labels.put(key, value);
        }
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode found ? found : parent.putObject(field);
    }
}
