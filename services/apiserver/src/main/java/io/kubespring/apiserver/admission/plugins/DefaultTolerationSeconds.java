package io.kubespring.apiserver.admission.plugins;

import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's DefaultTolerationSeconds: a pod stays for five minutes on a node that is not ready or unreachable, unless it
 * says how long itself.
 */
final class DefaultTolerationSeconds implements AdmissionPlugin {

    private static final List<String> TAINTS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int SECONDS = 300;

    @Override
    public String name() {
        return "DefaultTolerationSeconds";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.isCore("pods")
                && (attributes.operation() == Operation.CREATE || attributes.operation() == Operation.UPDATE);
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, @Nullable ObjectNode old) {
        ObjectNode spec = pod.withObjectProperty("spec");
        for (String taint : TAINTS) {
            if (!tolerates(spec, taint)) {
                spec.withArrayProperty("tolerations")
                        .addObject()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", SECONDS);
            }
        }
    }

    private static boolean tolerates(JsonNode spec, String taint) {
        for (JsonNode toleration : spec.path("tolerations")) {
            String key = Trees.text(toleration, "key");
            String effect = Trees.text(toleration, "effect");
            if ((key.equals(taint) || key.isEmpty()) && (effect.equals("NoExecute") || effect.isEmpty())) {
                return true;
            }
        }
        return false;
    }
}
