package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ServiceCIDR {@code kubernetes}, which holds the configured range of cluster IPs (KEP 1880): ready from the start, since
 * no controller may be running yet, and protected while addresses are in use.
 */
final class DefaultServiceCidr implements BootstrapStep {

    static final String NAME = "kubernetes";

    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

    private final ClusterNetwork network;
    private final TimeSource time;

    DefaultServiceCidr(ClusterNetwork network, TimeSource time) {
        this.network = network;
        this.time = time;
    }

    @Override
    public String name() {
        return "start-kubernetes-service-cidr-controller";
    }

    @Override
    public void run(KubeClient client) {
        var resources = client.trees(Ensure.of("networking.k8s.io", "ServiceCIDR", "servicecidrs", false));
        Ensure.upToDate(resources, wanted(), this::completed);
        ObjectNode stored = Await.value(resources.get(NAME));
        if (!stored.path("status").path("conditions").isEmpty()
                || stored.path("metadata").hasNonNull("deletionTimestamp")) {
            return;
        }
        stored.withObjectProperty("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "")
                .put("message", "Kubernetes default Service CIDR is ready")
                .put(
                        "lastTransitionTime",
                        time.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Await.done(resources.updateStatus(stored));
    }

    /** A second family may be added to what is stored; anything else is left as somebody made it. */
    private @Nullable ObjectNode completed(ObjectNode stored) {
        JsonNode cidrs = stored.path("spec").path("cidrs");
        List<String> configured = network.serviceRanges();
        if (cidrs.size() != 1
                || configured.size() != 2
                || !cidrs.path(0).asString("").equals(configured.getFirst())) {
            return null;
        }
        stored.withObjectProperty("spec").withArrayProperty("cidrs").add(configured.getLast());
        return stored;
    }

    private ObjectNode wanted() {
        ObjectNode range =
                Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "ServiceCIDR");
        range.putObject("metadata").put("name", NAME).putArray("finalizers").add(FINALIZER);
        var cidrs = range.putObject("spec").putArray("cidrs");
        network.serviceRanges().forEach(cidrs::add);
        return range;
    }
}
