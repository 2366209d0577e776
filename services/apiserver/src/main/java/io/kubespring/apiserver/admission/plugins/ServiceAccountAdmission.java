package io.kubespring.apiserver.admission.plugins;

import io.kubespring.api.GroupResource;
import io.kubespring.api.time.RandomSource;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionAttributes.Operation;
import io.kubespring.apiserver.admission.AdmissionPlugin;
import io.kubespring.apiserver.authorization.ObjectSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upstream's ServiceAccount plugin: a new pod runs as an existing account ("default" unless it says otherwise), gets that
 * account's image pull secrets, and every container sees the account's token unless pod or account opted out.
 */
final class ServiceAccountAdmission implements AdmissionPlugin {

    private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final ObjectSource objects;
    private final RandomSource random;

    ServiceAccountAdmission(ObjectSource objects, RandomSource random) {
        this.objects = objects;
        this.random = random;
    }

    @Override
    public String name() {
        return "ServiceAccount";
    }

    @Override
    public boolean handles(AdmissionAttributes attributes) {
        return attributes.operation() == Operation.CREATE && attributes.isCore("pods");
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, @Nullable ObjectNode old) {
        if (Trees.hasAnnotation(pod, MIRROR)) {
            return;
        }
        ObjectNode spec = pod.withObjectProperty("spec");
        String account = Trees.text(spec, "serviceAccountName");
        if (account.isEmpty()) {
            account = "default";
            spec.put("serviceAccountName", account).put("serviceAccount", account);
        }
        JsonNode found = find(attributes, account);
        if (mountsToken(spec, found)) {
            TokenVolume.mount(spec, random);
        }
        if (Trees.isEmpty(spec, "imagePullSecrets") && !Trees.isEmpty(found, "imagePullSecrets")) {
            ArrayNode secrets = spec.putArray("imagePullSecrets");
            found.path("imagePullSecrets").forEach(each -> secrets.addObject().put("name", Trees.text(each, "name")));
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, @Nullable ObjectNode pod, @Nullable ObjectNode old) {
        if (pod == null) {
            return;
        }
        JsonNode spec = pod.path("spec");
        if (!Trees.hasAnnotation(pod, MIRROR)) {
            find(attributes, Trees.text(spec, "serviceAccountName"));
            return;
        }
        if (!Trees.text(spec, "serviceAccountName").isEmpty()) {
            throw Refusal.of(attributes, "a mirror pod may not reference service accounts");
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("secret")) {
                throw Refusal.of(attributes, "a mirror pod may not reference secrets");
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                if (source.has("serviceAccountToken")) {
                    throw Refusal.of(attributes, "a mirror pod may not use ServiceAccountToken volume projections");
                }
            }
        }
    }

    private JsonNode find(AdmissionAttributes attributes, String account) {
        ObjectSource.Item item = objects.get(ACCOUNTS, attributes.namespace(), account);
        if (item == null) {
            throw Refusal.of(
                    attributes,
                    "error looking up service account " + attributes.namespace() + "/" + account + ": serviceaccount \""
                            + account + "\" not found");
        }
        return item.tree();
    }

    private static boolean mountsToken(JsonNode spec, JsonNode account) {
        JsonNode ofPod = spec.path("automountServiceAccountToken");
        return ofPod.isBoolean()
                ? ofPod.booleanValue()
                : account.path("automountServiceAccountToken").asBoolean(true);
    }
}
