package io.kubespring.kubelet.node;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The node's heartbeat: its Lease in kube-node-lease, renewed at a quarter of its duration. */
final class NodeLease {

    private final Resources<Lease> leases;
    private final String nodeName;
    private final int durationSeconds;
    private final TimeSource time;
    private @Nullable Lease last;

    NodeLease(KubeClient client, String nodeName, int durationSeconds, TimeSource time) {
        this.leases = client.resources(Lease.class).inNamespace("kube-node-lease");
        this.nodeName = nodeName;
        this.durationSeconds = durationSeconds;
        this.time = time;
    }

    /** Makes or renews the Lease; throws where that failed. */
    void renew(@Nullable String nodeUid) {
        Lease current = last;
        if (current == null) {
            current = leases.find(nodeName).block();
        }
        try {
            last = current == null
                    ? leases.create(fresh(nodeUid)).block()
                    : leases.update(new LeaseBuilder(current)
                                    .editOrNewSpec()
                                    .withHolderIdentity(nodeName)
                                    .withLeaseDurationSeconds(durationSeconds)
                                    .withRenewTime(now())
                                    .endSpec()
                                    .build())
                            .block();
        } catch (StatusException failure) {
            last = null;
            if (failure.reason() != StatusReason.CONFLICT) {
                throw failure;
            }
        }
    }

    private Lease fresh(@Nullable String nodeUid) {
        var lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(nodeName)
                .withNamespace("kube-node-lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(nodeName)
                .withLeaseDurationSeconds(durationSeconds)
                .withRenewTime(now())
                .endSpec()
                .build();
        if (nodeUid != null) {
            var owner = new OwnerReference();
            owner.setApiVersion("v1");
            owner.setKind("Node");
            owner.setName(nodeName);
            owner.setUid(nodeUid);
            lease.getMetadata().setOwnerReferences(java.util.List.of(owner));
        }
        return lease;
    }

    private ZonedDateTime now() {
        return time.now().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
