package io.kubespring.standalone;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.node.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what a user will need first: a node that takes Pods, and names that resolve. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final TimeSource time;

    Readiness(TimeSource time) {
        this.time = time;
    }

    /** Made by the API server itself shortly after it starts. */
    void awaitSystemNamespace(KubeClient client) throws InterruptedException {
        await(
                "namespace kube-system was not created",
                () -> client.resources(Namespace.class).find("kube-system").block() != null);
    }

    void awaitNode(KubeClient client, String name) throws InterruptedException {
        await("node " + name + " did not become Ready", () -> {
            Node node = client.resources(Node.class).find(name).block();
            return node != null
                    && node.getStatus() != null
                    && node.getStatus().getConditions().stream().anyMatch(Readiness::isReady);
        });
    }

    private static boolean isReady(NodeCondition condition) {
        return condition.getType().equals("Ready") && condition.getStatus().equals("True");
    }

    /** Asks by the address that Pods use, so rules and server are both seen to work. */
    void awaitDns(String address, String domain) throws InterruptedException {
        byte[] query = query("kubernetes.default.svc." + domain);
        await("DNS does not answer on " + address, () -> {
            try (var socket = new DatagramSocket()) {
                socket.setSoTimeout(200);
                socket.send(new DatagramPacket(query, query.length, InetAddress.getByName(address), 53));
                var answer = new DatagramPacket(new byte[512], 512);
                socket.receive(answer);
                return answer.getLength() > 12
                        && ByteBuffer.wrap(answer.getData()).getShort(6) > 0;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static byte[] query(String name) {
        try (var out = new java.io.ByteArrayOutputStream()) {
            out.write(new byte[] {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            for (String label : name.split("\\.")) {
                out.write(label.length());
                out.write(label.getBytes(StandardCharsets.US_ASCII));
            }
            out.write(new byte[] {0, 0, 1, 0, 1});
            return out.toByteArray();
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
    }

    private void await(String complaint, BooleanSupplier condition) throws InterruptedException {
        Instant deadline = time.now().plus(PATIENCE);
        while (!holds(condition)) {
            if (time.now().isAfter(deadline)) {
                throw new HostException(
                        complaint + " within " + PATIENCE.toMinutes() + " minutes; see ./kubespring logs");
            }
            time.sleep(POLL);
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException notYet) {
            return false;
        }
    }
}
