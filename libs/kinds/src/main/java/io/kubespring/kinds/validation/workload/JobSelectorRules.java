package io.kubespring.kinds.validation.workload;

import io.kubespring.api.error.StatusException;
import io.kubespring.api.selector.LabelSelector;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The selector that the server makes for a Job, and the labels it selects, unless the user insists on others. */
final class JobSelectorRules {

    private JobSelectorRules() {}

    static void generated(Field job, Errors errors) {
        Field spec = job.at("spec");
        if (spec.at("manualSelector").flag() || spec.at("selector").absent()) {
            return;
        }
        String uid = job.at("metadata", "uid").text();
        String name = job.at("metadata", "name").text();
        if (uid.isEmpty()) {
            errors.required(job.at("metadata", "uid"), "");
        }
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("controller-uid", uid);
        expected.put("job-name", name);
        expected.put("batch.kubernetes.io/controller-uid", uid);
        expected.put("batch.kubernetes.io/job-name", name);
        Field labels = spec.at("template", "metadata").at("labels");
        expected.forEach((key, value) -> {
            Field label = labels.key(key);
            if (label.absent()) {
                errors.required(label, "must be '" + value + "'");
            } else if (!label.isText(value)) {
                errors.invalid(label, labels.value(), "must be '" + value + "'");
            }
        });
        try {
            if (spec.at("selector").value() instanceof ObjectNode selector
                    && !LabelSelector.of(selector).matches(expected)) {
                errors.invalid(spec.at("selector"), "`selector` not auto-generated");
            }
        } catch (IllegalArgumentException | StatusException complainedOfElsewhere) {
            return;
        }
    }
}
