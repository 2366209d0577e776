package io.kubespring.apiserver.openapi;

/** The two versions of OpenAPI, where they differ in how they refer to definitions. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String prefix;

    Dialect(String prefix) {
        this.prefix = prefix;
    }

    String reference(String definition) {
        return prefix + definition;
    }
}
