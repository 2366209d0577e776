package io.kubespring.standalone;

import io.fabric8.kubernetes.api.model.Node;
import io.kubespring.api.time.RandomSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.InformerOptions;
import io.kubespring.client.informer.Informers;
import io.kubespring.standalone.host.PodNetwork;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures the Pods' network as soon as this node has been given its range. */
final class NodeNetwork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeNetwork.class);

    private final PodNetwork network;
    private final Informers informers;

    NodeNetwork(PodNetwork network, KubeClient client, String nodeName) {
        this.network = network;
        informers = new Informers(client, Executors.newVirtualThreadPerTaskExecutor(), RandomSource.system());
        informers
                .informer(Node.class, InformerOptions.<Node>all().fields("metadata.name=" + nodeName))
                .addHandler(EventHandler.of(this::configure, last -> {}));
    }

    void start() {
        informers.start();
    }

    private void configure(Node node) {
        String range = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
        if (range == null || range.isEmpty()) {
            return;
        }
        try {
            network.configure(range);
        } catch (IOException failure) {
            LOG.error("{}: network not configured: {}", node.getMetadata().getName(), failure.getMessage());
        }
    }

    @Override
    public void close() {
        informers.close();
    }
}
