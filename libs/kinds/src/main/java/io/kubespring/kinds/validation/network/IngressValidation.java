package io.kubespring.kinds.validation.network;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.service.IpFamily;
import io.kubespring.kinds.tree.Field;
import io.kubespring.kinds.validation.meta.Addresses;
import io.kubespring.kinds.validation.meta.Errors;
import io.kubespring.kinds.validation.meta.KindValidation;
import io.kubespring.kinds.validation.meta.NameChecks;
import io.kubespring.kinds.validation.meta.Numbers;
import java.util.List;

/** Ingresses. What was stored before a rule existed may stay as it is. */
public final class IngressValidation implements KindValidation {

    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final String CLASS = "kubernetes.io/ingress.class";

    @Override
    public void create(Field ingress, Errors errors) {
        check(ingress.at("spec"), true, errors);
        Field name = ingress.at("spec", "ingressClassName");
        Field annotation = Field.of("annotations." + CLASS, annotation(ingress).value());
        if (annotation.present() && name.present() && !annotation.text().equals(name.text())) {
            errors.invalid(annotation, "must match `ingressClassName` when both are specified");
        }
    }

    @Override
    public void update(Field next, Field current, Errors errors) {
        boolean goodSecrets = current.at("spec", "tls").items().stream()
                .allMatch(each -> secretName(each.at("secretName")).isEmpty());
        check(next.at("spec"), goodSecrets, errors);
    }

    @Override
    public void updateSubresource(String subresource, Field next, Field current, Errors errors) {
        List<String> known = current.at("status", "loadBalancer").at("ingress").items().stream()
                .map(each -> each.at("ip").text())
                .toList();
        for (Field point : next.at("status", "loadBalancer").at("ingress").items()) {
            Field address = point.at("ip");
            if (!address.empty() && !known.contains(address.text())) {
                Addresses.ip(address, errors);
            }
            Field host = point.at("hostname");
            if (!host.empty()) {
                errors.invalid(host, Names.dnsSubdomain(host.text()));
                if (IpFamily.isAddress(host.text())) {
                    errors.invalid(host, "must be a DNS name, not an IP address");
                }
            }
        }
    }

    /** The class as it was given before there was a field for it. */
    public static Field annotation(Field ingress) {
        return ingress.at("metadata", "annotations").key(CLASS);
    }

    private static void check(Field spec, boolean secretNames, Errors errors) {
        Field rules = spec.at("rules");
        if (rules.empty() && spec.at("defaultBackend").absent()) {
            errors.invalid(
                    spec,
                    rules.absent() ? null : rules.value(),
                    "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.at("defaultBackend").present()) {
            backend(spec.at("defaultBackend"), errors);
        }
        for (Field rule : rules.items()) {
            Field host = rule.at("host");
            if (IpFamily.isAddress(host.text())) {
                errors.invalid(host, "must be a DNS name, not an IP address");
            }
            if (!host.empty()) {
                host(host, errors);
            }
            Field http = rule.at("http");
            if (http.present() && http.at("paths").empty()) {
                errors.required(http.at("paths"), "");
            }
            http.at("paths").items().forEach(each -> path(each, errors));
        }
        for (Field tls : spec.at("tls").items()) {
            tls.at("hosts").items().forEach(each -> host(each, errors));
            if (secretNames) {
                errors.invalid(tls.at("secretName"), secretName(tls.at("secretName")));
            }
        }
        Field name = spec.at("ingressClassName");
        if (name.present()) {
            errors.invalid(name, Names.dnsSubdomain(name.text()));
        }
    }

    private static List<String> secretName(Field name) {
        return name.empty() ? List.of() : Names.dnsSubdomain(name.text());
    }

    private static void host(Field host, Errors errors) {
        errors.invalid(
                host,
                host.text().contains("*") ? Names.wildcardDnsSubdomain(host.text()) : Names.dnsSubdomain(host.text()));
    }

    private static void path(Field path, Errors errors) {
        Field type = path.at("pathType");
        Field text = path.at("path");
        switch (type.text()) {
            case "" -> {
                if (type.absent()) {
                    errors.required(type, "pathType must be specified");
                    return;
                }
                errors.notSupported(type, PATH_TYPES);
            }
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
            errors.invalid(service.at("name"), Names.dnsLabel(service.at("name").text()));
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
}
