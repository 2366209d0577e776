package io.kubespring.apiserver.openapi;

import java.util.Comparator;

/**
 * One parameter of a request's path or query.
 *
 * @param in "path" or "query"
 */
record Parameter(String name, String in, String type, String description) {

    static final Comparator<Parameter> ORDER = Comparator.comparing(Parameter::name)
            .thenComparing(Parameter::in)
            .thenComparing(Parameter::type)
            .thenComparing(Parameter::description);

    static Parameter path(String name, String description) {
        return new Parameter(name, "path", "string", description);
    }

    static Parameter query(String name, String type, String description) {
        return new Parameter(name, "query", type, description);
    }

    boolean required() {
        return in.equals("path");
    }
}
