package io.kubespring.apiserver.paths;

import io.kubespring.api.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code /version}: which Kubernetes this is, and who built it. */
final class VersionDocument {

    private static final String MINOR = "36";
    static final String VERSION = "v1." + MINOR + ".0";

    private VersionDocument() {}

    static ObjectNode tree() {
        return Json.object()
                .put("major", "1")
                .put("minor", MINOR)
                .put("gitVersion", VERSION)
                .put("gitCommit", "kubespring")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/amd64");
    }
}
