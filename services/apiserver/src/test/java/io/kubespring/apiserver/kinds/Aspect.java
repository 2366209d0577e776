package io.kubespring.apiserver.kinds;

import java.util.Locale;

/** What the checklist {@code docs/kinds.md} asks of every resource: one column, and one test of {@link KindContractTest}. */
enum Aspect {
    VERBS,
    SUBRESOURCES,
    DEFAULTING,
    VALIDATION,
    IMMUTABLE,
    SELECTABLE,
    COLUMNS,
    PROTOBUF;

    /** The name of the method of {@link KindContractTest} that proves it. */
    String test() {
        return name().toLowerCase(Locale.ROOT);
    }
}
