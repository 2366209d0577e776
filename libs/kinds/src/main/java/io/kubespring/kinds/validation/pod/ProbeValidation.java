package io.kubespring.kinds.validation.pod;

import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;
import java.util.regex.Pattern;

/** Probes and lifecycle hooks. */
final class ProbeValidation {

    private static final List<String> PROBE_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> COUNTS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

    private ProbeValidation() {}

    static void container(Field container, Errors errors) {
        for (String each : List.of("postStart", "preStop")) {
            Field hook = container.at("lifecycle", each);
            if (hook.present()) {
                handler(hook, HOOK_HANDLERS, errors);
            }
        }
        probe(container.at("livenessProbe"), errors);
        once(container.at("livenessProbe"), errors);
        probe(container.at("readinessProbe"), errors);
        Field grace = container.at("readinessProbe", "terminationGracePeriodSeconds");
        if (grace.present()) {
            errors.invalid(grace, "must not be set for readinessProbes");
        }
        probe(container.at("startupProbe"), errors);
        once(container.at("startupProbe"), errors);
    }

    /** One success is enough where failure means a restart. */
    private static void once(Field probe, Errors errors) {
        Field threshold = probe.at("successThreshold");
        if (probe.present() && threshold.number() != 1) {
            errors.invalid(threshold, "must be 1");
        }
    }

    private static void probe(Field probe, Errors errors) {
        if (probe.absent()) {
            return;
        }
        handler(probe, PROBE_HANDLERS, errors);
        COUNTS.forEach(each -> errors.nonNegative(probe.at(each)));
        Numbers.positive(probe.at("terminationGracePeriodSeconds"), errors);
    }

    private static void handler(Field holder, List<String> kinds, Errors errors) {
        boolean found = false;
        for (String kind : kinds) {
            Field action = holder.at(kind);
            if (action.absent()) {
                continue;
            }
            if (found) {
                errors.forbidden(action, "may not specify more than 1 handler type");
                continue;
            }
            found = true;
            switch (kind) {
                case "exec" -> {
                    if (action.at("command").empty()) {
                        errors.required(action.at("command"), "");
                    }
                }
                case "httpGet" -> httpGet(action, errors);
                case "tcpSocket", "grpc" -> Numbers.portOrName(action.at("port"), errors);
                default -> {}
            }
        }
        if (!found) {
            errors.required(holder, "must specify a handler type");
        }
    }

    private static void httpGet(Field action, Errors errors) {
        if (action.at("path").empty()) {
            errors.required(action.at("path"), "");
        }
        Numbers.portOrName(action.at("port"), errors);
        errors.oneOf(action.at("scheme"), List.of("HTTP", "HTTPS"));
        for (Field header : action.at("httpHeaders").items()) {
            if (!HEADER.matcher(header.at("name").text()).matches()) {
                errors.invalid(
                        action.at("httpHeaders"),
                        header.at("name").text(),
                        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
                                + " regex used for validation is '[-A-Za-z0-9]+')");
            }
        }
    }
}
