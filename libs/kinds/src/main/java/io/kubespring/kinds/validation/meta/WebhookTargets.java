package io.kubespring.kinds.validation.meta;

import io.kubespring.api.names.Names;
import io.kubespring.kinds.tree.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Where a webhook is called: a URL or a Service. */
public final class WebhookTargets {

    private static final String FORM = "; desired format: https://host[/path]";

    private WebhookTargets() {}

    /** A clientConfig, which has exactly one of both. */
    public static void clientConfig(Field config, Errors errors) {
        Field url = config.at("url");
        Field service = config.at("service");
        if (url.present() == service.present()) {
            errors.required(config, "exactly one of url or service is required");
        } else if (url.present()) {
            url(url, errors);
        } else {
            service(service, errors);
        }
    }

    private static void url(Field field, Errors errors) {
        URI url;
        try {
            url = new URI(field.text());
        } catch (URISyntaxException malformed) {
            errors.required(field, "url must be a valid URL: " + malformed.getMessage() + FORM);
            return;
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        if (!scheme.equals("https")) {
            errors.invalid(field, scheme, "'https' is the only allowed URL scheme" + FORM);
        }
        if (url.getHost() == null || url.getHost().isEmpty()) {
            errors.invalid(field, "", "host must be specified" + FORM);
        }
        if (url.getUserInfo() != null) {
            errors.invalid(field, url.getUserInfo(), "user information is not permitted in the URL");
        }
        if (url.getFragment() != null) {
            errors.invalid(field, url.getFragment(), "fragments are not permitted in the URL");
        }
        if (url.getRawQuery() != null) {
            errors.invalid(field, url.getRawQuery(), "query parameters are not permitted in the URL");
        }
    }

    private static void service(Field service, Errors errors) {
        if (service.at("name").empty()) {
            errors.required(service.at("name"), "");
        }
        if (service.at("namespace").empty()) {
            errors.required(service.at("namespace"), "");
        }
        servicePort(service.at("port"), errors);
        path(service.at("path"), errors);
    }

    public static void servicePort(Field port, Errors errors) {
        List<String> messages = Names.portNumber(port.number());
        if (!messages.isEmpty()) {
            errors.invalid(port, port.number(), "port is not valid: " + String.join(", ", messages));
        }
    }

    private static void path(Field path, Errors errors) {
        String text = path.text();
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (text.equals("//")) {
            errors.invalid(path, "segment[0] may not be empty");
            return;
        }
        if (!text.startsWith("/")) {
            errors.invalid(path, "must start with a '/'");
        }
        String inner = text.substring(1);
        String[] segments = (inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                errors.invalid(path, "segment[" + i + "] may not be empty");
                continue;
            }
            for (String message : Names.dnsSubdomain(segments[i])) {
                errors.invalid(path, "segment[" + i + "]: " + message);
            }
        }
    }
}
