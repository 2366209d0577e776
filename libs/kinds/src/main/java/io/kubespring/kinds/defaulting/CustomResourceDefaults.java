package io.kubespring.kinds.defaulting;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** CustomResourceDefinition. */
final class CustomResourceDefaults {

    private CustomResourceDefaults() {}

    static void apply(ObjectNode definition) {
        ObjectNode spec = Absent.object(definition, "spec");
        Absent.within(spec, CustomResourceDefaults::names, "names");
        ObjectNode conversion = Absent.object(spec, "conversion");
        Absent.text(conversion, "strategy", "None");
        Absent.within(conversion, AdmissionDefaults::servicePort, "webhook", "clientConfig", "service");
    }

    private static void names(ObjectNode names) {
        String kind = Absent.textOf(names, "kind");
        if (!kind.isEmpty()) {
            Absent.text(names, "singular", kind.toLowerCase(Locale.ROOT));
            Absent.text(names, "listKind", kind + "List");
        }
    }
}
