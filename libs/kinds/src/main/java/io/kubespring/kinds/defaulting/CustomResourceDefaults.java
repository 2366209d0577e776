package io.kubespring.kinds.defaulting;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** CustomResourceDefinition. */
final class CustomResourceDefaults {

    private CustomResourceDefaults() {}

    static void apply(ObjectNode definition) {
        ObjectNode spec = Absent.object(definition, "spec");
        Absent.within(spec, CustomResourceDefaults::names, "names");
        if (Absent.existing(spec, "conversion") == null) {
            spec.putObject("conversion").put("strategy", "None");
        }
        Absent.within(spec, AdmissionDefaults::servicePort, "conversion", "webhook", "clientConfig", "service");
        if (definition.path("status").path("storedVersions").isEmpty()) {
            storedVersion(definition, spec);
        }
    }

    private static void storedVersion(ObjectNode definition, ObjectNode spec) {
        for (ObjectNode version : Absent.each(spec, "versions")) {
            if (version.path("storage").asBoolean(false)) {
                Absent.object(definition, "status").putArray("storedVersions").add(Absent.textOf(version, "name"));
                return;
            }
        }
    }

    private static void names(ObjectNode names) {
        String kind = Absent.textOf(names, "kind");
        if (!kind.isEmpty()) {
            Absent.text(names, "singular", kind.toLowerCase(Locale.ROOT));
            Absent.text(names, "listKind", kind + "List");
        }
    }
}
