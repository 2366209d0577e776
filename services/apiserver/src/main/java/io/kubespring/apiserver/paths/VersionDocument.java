package io.kubespring.apiserver.paths;

import io.kubespring.api.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code /version}: which Kubernetes this is, and who built it. */
final class VersionDocument {

    private static final String MINOR = "36";
    static final String EMULATED = "1." + MINOR;
    static final String VERSION = "v1." + MINOR + ".0";

    private VersionDocument() {}

    /** Of the metric {@code kubernetes_build_info}. */
    static Map<String, String> labels() {
        ObjectNode tree = tree();
        Map<String, String> labels = new TreeMap<>();
        labels.put("major", tree.path("major").stringValue());
        labels.put("minor", tree.path("minor").stringValue());
        labels.put("git_version", tree.path("gitVersion").stringValue());
        labels.put("git_commit", tree.path("gitCommit").stringValue());
        labels.put("git_tree_state", tree.path("gitTreeState").stringValue());
        labels.put("build_date", tree.path("buildDate").stringValue());
        labels.put("go_version", tree.path("goVersion").stringValue());
        labels.put("compiler", tree.path("compiler").stringValue());
        labels.put("platform", tree.path("platform").stringValue());
        return labels;
    }

    static ObjectNode tree() {
        return Json.object()
                .put("major", "1")
                .put("minor", MINOR)
                .put("emulationMajor", "1")
                .put("emulationMinor", MINOR)
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", VERSION)
                .put("gitCommit", "kubespring")
                .put("gitTreeState", "clean")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/amd64");
    }
}
