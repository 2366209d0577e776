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

    private final Field grace;
    private final Errors errors;

    private ProbeValidation(Field grace, Errors errors) {
        this.grace = grace;
        this.errors = errors;
    }

    static void container(Field container, Field spec, Errors errors) {
        if (container.at("lifecycle").absent()
                && container.at("livenessProbe").absent()
                && container.at("readinessProbe").absent()
                && container.at("startupProbe").absent()) {
            return;
        }
        var validation = new ProbeValidation(spec.at("terminationGracePeriodSeconds"), errors);
        validation.lifecycle(container.at("lifecycle"), spec);
        validation.probe(container.at("livenessProbe"));
        validation.once(container.at("livenessProbe"));
        validation.probe(container.at("readinessProbe"));
        Field own = container.at("readinessProbe", "terminationGracePeriodSeconds");
        if (own.present()) {
            errors.invalid(own, "must not be set for readinessProbes");
        }
        validation.probe(container.at("startupProbe"));
        validation.once(container.at("startupProbe"));
    }

    private void lifecycle(Field lifecycle, Field spec) {
        for (String each : List.of("postStart", "preStop")) {
            if (lifecycle.at(each).present()) {
                handler(lifecycle.at(each), HOOK_HANDLERS);
            }
        }
        if (lifecycle.at("stopSignal").present()) {
            StopSignals.check(lifecycle.at("stopSignal"), spec, errors);
        }
    }

    /** One success is enough where failure means a restart. */
    private void once(Field probe) {
        Field threshold = probe.at("successThreshold");
        if (probe.present() && threshold.number() != 1) {
            errors.invalid(threshold, "must be 1");
        }
    }

    private void probe(Field probe) {
        if (probe.absent()) {
            return;
        }
        handler(probe, PROBE_HANDLERS);
        COUNTS.forEach(each -> errors.nonNegative(probe.at(each)));
        Numbers.positive(probe.at("terminationGracePeriodSeconds"), errors);
    }

    private void handler(Field holder, List<String> kinds) {
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
            action(kind, action);
        }
        if (!found) {
            errors.required(holder, "must specify a handler type");
        }
    }

    private void action(String kind, Field action) {
        switch (kind) {
            case "exec" -> {
                if (action.at("command").empty()) {
                    errors.required(action.at("command"), "");
                }
            }
            case "httpGet" -> httpGet(action);
            case "sleep" -> {
                long seconds = action.at("seconds").number();
                if (grace.present() && (seconds < 0 || seconds > grace.number())) {
                    errors.invalid(
                            action,
                            seconds,
                            "must be non-negative and less than terminationGracePeriodSeconds (" + grace.number()
                                    + ")");
                }
            }
            case "tcpSocket", "grpc" -> Numbers.portOrName(action.at("port"), errors);
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private void httpGet(Field action) {
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
