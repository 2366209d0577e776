package io.kubespring.apiserver.bootstrap;

import io.kubespring.api.json.Json;
import io.kubespring.api.time.RandomSource;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.Await;
import io.kubespring.client.KubeClient;
import io.kubespring.client.ListOptions;
import io.kubespring.client.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Lease {@code apiserver-<hash>} by which an API server shows itself ("API Server Identity"), renewed every ten seconds,
 * and the removal of those that expired.
 */
public final class IdentityLease implements BootstrapStep {

    private static final String NAMESPACE = "kube-system";
    private static final String LABEL = "apiserver.kubernetes.io/identity";
    private static final String IDENTITY = "kube-apiserver";
    private static final Duration DURATION = Duration.ofHours(1);
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DEFAULT_PORT = 6443;

    private final String hostname;
    private final String name;
    private final String holder;
    private final TimeSource time;
    private volatile Instant cleaned = Instant.EPOCH;

    /** @param port tells several servers of one host apart; upstream's own hash has only the host's name, as has the default port's */
    public IdentityLease(String hostname, int port, TimeSource time, RandomSource random) {
        this.hostname = hostname;
        this.time = time;
        name = "apiserver-" + hash(port == DEFAULT_PORT ? hostname : hostname + ":" + port);
        holder = name + "_" + random.uuid();
    }

    @Override
    public String name() {
        return "start-kube-apiserver-identity-lease-controller";
    }

    @Override
    public void run(KubeClient client) {
        var leases = Ensure.in(client, Ensure.of("coordination.k8s.io", "Lease", "leases", true), NAMESPACE);
        Ensure.upToDate(leases, renewed(lease()), this::renewed);
        if (cleaned.plus(DURATION).isBefore(time.now())) {
            clean(leases);
            cleaned = time.now();
        }
    }

    private ObjectNode lease() {
        ObjectNode lease =
                Json.object().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata")
                .put("name", name)
                .put("namespace", NAMESPACE)
                .putObject("labels")
                .put(LABEL, IDENTITY)
                .put("kubernetes.io/hostname", hostname);
        return lease;
    }

    private ObjectNode renewed(ObjectNode lease) {
        lease.withObjectProperty("spec")
                .put("holderIdentity", holder)
                .put("leaseDurationSeconds", (int) DURATION.toSeconds())
                .put("renewTime", micros(time.now()));
        return lease;
    }

    private void clean(Resources<ObjectNode> leases) {
        for (ObjectNode lease : Await.value(leases.list(ListOptions.ALL.labels(LABEL + "=" + IDENTITY)))
                .items()) {
            if (lease.path("metadata").path("name").asString("").equals(name)) {
                continue; // just renewed, however long that took
            }
            String renewTime = lease.path("spec").path("renewTime").asString("");
            long seconds = lease.path("spec").path("leaseDurationSeconds").asLong(0);
            if (renewTime.isEmpty()
                    || Instant.parse(renewTime).plusSeconds(seconds).isBefore(time.now())) {
                Await.done(leases.delete(lease.path("metadata").path("name").asString("")));
            }
        }
    }

    private static String micros(Instant instant) {
        Instant micros = instant.truncatedTo(ChronoUnit.MICROS);
        return String.format(Locale.ROOT, "%s.%06dZ", micros.toString().substring(0, 19), micros.getNano() / 1000);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return base32(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int count = 0;
        for (byte each : bytes) {
            bits = bits << 8 | each & 0xFF;
            for (count += 8; count >= 5; count -= 5) {
                text.append(ALPHABET.charAt(bits >>> count - 5 & 31));
            }
            bits &= (1 << count) - 1;
        }
        return count == 0
                ? text.toString()
                : text.append(ALPHABET.charAt(bits << 5 - count & 31)).toString();
    }
}
