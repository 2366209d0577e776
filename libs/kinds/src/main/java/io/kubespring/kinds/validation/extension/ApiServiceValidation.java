package io.kubespring.kinds.validation.extension;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.WebhookTargets;
import java.util.List;

/** APIServices: named after the version and group that they serve. */
public final class ApiServiceValidation implements KindValidation {

    private static final int GROUP_PRIORITY_MAX = 20_000;
    private static final int VERSION_PRIORITY_MAX = 1000;

    @Override
    public void create(Field service, Errors errors) {
        Field spec = service.at("spec");
        Field group = spec.at("group");
        Field version = spec.at("version");
        String wanted = version.text() + "." + group.text();
        Field name = service.at("metadata", "name");
        if (!name.empty() && !name.isText(wanted)) {
            errors.invalid(
                    service.at("metadata", "name"), "must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        if (group.empty() && !version.isText("v1")) {
            errors.required(group, "only v1 may have an empty group and it better be legacy kube");
        }
        if (!group.empty()) {
            errors.invalid(group, Names.dnsSubdomain(group.text()));
        }
        errors.invalid(version, Names.rfc1035Label(version.text()));
        priority(spec.at("groupPriorityMinimum"), GROUP_PRIORITY_MAX, errors);
        priority(spec.at("versionPriority"), VERSION_PRIORITY_MAX, errors);
        if (spec.at("service").absent()) {
            local(spec, errors);
        } else {
            remote(spec, errors);
        }
    }

    private static void priority(Field priority, int max, Errors errors) {
        if (priority.number() <= 0 || priority.number() > max) {
            errors.invalid(priority, priority.number(), "must be positive and less than " + max);
        }
    }

    private static void local(Field spec, Errors errors) {
        Field bundle = spec.at("caBundle");
        if (!bundle.empty()) {
            errors.invalid(bundle, bytes(bundle) + " bytes", "local APIServices may not have a caBundle");
        }
        if (spec.at("insecureSkipTLSVerify").flag()) {
            errors.invalid(spec.at("insecureSkipTLSVerify"), "local APIServices may not have insecureSkipTLSVerify");
        }
    }

    private static int bytes(Field base64) {
        String text = base64.text();
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return text.length() / 4 * 3 - padding;
    }

    private static void remote(Field spec, Errors errors) {
        for (String each : List.of("namespace", "name")) {
            if (spec.at("service", each).empty()) {
                errors.required(spec.at("service", each), "");
            }
        }
        WebhookTargets.servicePort(spec.at("service", "port"), errors);
        if (spec.at("insecureSkipTLSVerify").flag() && !spec.at("caBundle").empty()) {
            errors.invalid(spec.at("insecureSkipTLSVerify"), "may not be true if caBundle is present");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        for (Field condition : next.at("status", "conditions").items()) {
            if (!List.of("True", "False", "Unknown")
                    .contains(condition.at("status").text())) {
                errors.notSupportedOf(condition.at("status"), "True", "False", "Unknown");
            }
        }
    }
}
