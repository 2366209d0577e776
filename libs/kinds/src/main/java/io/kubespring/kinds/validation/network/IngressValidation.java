package io.kubespring.kinds.validation.network;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Ingresses. */
public final class IngressValidation implements KindValidation {

    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");

    @Override
    public void create(Field ingress, Errors errors) {
        Field spec = ingress.at("spec");
        if (spec.at("rules").empty() && spec.at("defaultBackend").absent()) {
            errors.invalid(
                    spec.at("rules"),
                    spec.at("rules").value().isMissingNode()
                            ? null
                            : spec.at("rules").value(),
                    "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.at("defaultBackend").present()) {
            backend(spec.at("defaultBackend"), errors);
        }
        for (Field rule : spec.at("rules").items()) {
            host(rule.at("host"), errors);
            Field http = rule.at("http");
            if (http.present() && http.at("paths").empty()) {
                errors.required(http.at("paths"), "");
            }
            http.at("paths").items().forEach(each -> path(each, errors));
        }
        for (Field tls : spec.at("tls").items()) {
            tls.at("hosts").items().forEach(each -> host(each, errors));
        }
        if (spec.at("ingressClassName").present()) {
            errors.invalid(
                    spec.at("ingressClassName"),
                    Names.dnsSubdomain(spec.at("ingressClassName").text()));
        }
    }

    private static void host(Field host, Errors errors) {
        if (host.empty()) {
            return;
        }
        if (IpFamily.isAddress(host.text())) {
            errors.invalid(host, "must be a DNS name, not an IP address");
        } else {
            String name = host.text().startsWith("*.") ? host.text().substring(2) : host.text();
            errors.invalid(host, Names.dnsSubdomain(name));
        }
    }

    private static void path(Field path, Errors errors) {
        Field type = path.at("pathType");
        Field text = path.at("path");
        switch (type.text()) {
            case "" -> errors.required(type, "pathType must be specified");
            case "Exact", "Prefix" -> {
                if (!text.text().startsWith("/")) {
                    errors.invalid(text, "must be an absolute path");
                }
                for (String part : List.of("//", "/./", "/../", "%2f", "%2F")) {
                    if (text.text().contains(part)) {
                        errors.invalid(text, "must not contain '" + part + "'");
                    }
                }
                for (String end : List.of("/..", "/.")) {
                    if (text.text().endsWith(end)) {
                        errors.invalid(text, "cannot end with '" + end + "'");
                    }
                }
            }
            case "ImplementationSpecific" -> {
                if (!text.empty() && !text.text().startsWith("/")) {
                    errors.invalid(text, "must be an absolute path");
                }
            }
            default -> errors.notSupported(type, PATH_TYPES);
        }
        backend(path.at("backend"), errors);
    }

    private static void backend(Field backend, Errors errors) {
        Field service = backend.at("service");
        if (backend.at("resource").present()) {
            if (service.present()) {
                errors.invalid(backend, "", "cannot set both resource and service backends");
            } else {
                NameChecks.reference(backend.at("resource"), errors);
            }
            return;
        }
        if (service.absent()) {
            errors.invalid(backend, "", "resource or service backend is required");
            return;
        }
        if (service.at("name").empty()) {
            errors.required(service.at("name"), "");
        } else {
            errors.invalid(
                    service.at("name"), Names.rfc1035Label(service.at("name").text()));
        }
        Field port = service.at("port");
        if (!port.at("name").empty() && !port.at("number").empty()) {
            errors.invalid(backend, "", "cannot set both port name & port number");
        } else if (!port.at("name").empty()) {
            errors.invalid(port.at("name"), Names.portName(port.at("name").text()));
        } else if (!port.at("number").empty()) {
            Numbers.port(port.at("number"), errors);
        } else {
            errors.required(backend, "port name or number is required");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        create(next, errors);
    }
}
