package io.kubespring.controllers.namespace;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.client.Await;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.controller.Reconciler;
import io.kubespring.client.controller.Result;
import io.kubespring.client.informer.Lister;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a terminating namespace's content again and again until nothing is left, then takes the finalizer away, upon
 * which the server removes the namespace. Its conditions say meanwhile what it waits for.
 */
final class NamespaceReconciler implements Reconciler<ObjectKey> {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceReconciler.class);
    private static final String FINALIZER = "kubernetes";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Lister<Namespace> namespaces;
    private final Resources<Namespace> client;
    private final KubeClient kube;
    private final NamespaceContent content;

    NamespaceReconciler(Lister<Namespace> namespaces, KubeClient client, NamespaceContent content) {
        this.namespaces = namespaces;
        this.client = client.resources(Namespace.class);
        this.kube = client;
        this.content = content;
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Namespace known = namespaces.get("", key.name());
        if (known == null || known.getMetadata().getDeletionTimestamp() == null) {
            return Result.DONE;
        }
        Namespace live = Await.optional(client.find(key.name()));
        if (live == null
                || live.getMetadata().getDeletionTimestamp() == null
                || !live.getSpec().getFinalizers().contains(FINALIZER)) {
            return Result.DONE;
        }
        NamespaceContent.Remainder remainder = content.delete(key.name());
        live = writeStatus(live, remainder);
        if (!remainder.isEmpty()) {
            LOG.debug("{}: still there: {} {}", key, remainder.instances(), remainder.failures());
            return Result.after(AGAIN);
        }
        finish(live);
        return Result.DONE;
    }

    private Namespace writeStatus(Namespace live, NamespaceContent.Remainder remainder) {
        List<NamespaceCondition> before =
                live.getStatus() == null ? List.of() : live.getStatus().getConditions();
        Instant now = kube.time().now();
        List<NamespaceCondition> conditions = DeletionConditions.of(before, remainder, now);
        if (conditions.equals(before)) {
            return live;
        }
        Namespace next = new NamespaceBuilder(live)
                .editOrNewStatus()
                .withPhase("Terminating")
                .withConditions(conditions)
                .endStatus()
                .build();
        return Await.value(client.updateStatus(next));
    }

    private void finish(Namespace live) {
        var finalizers = new ArrayList<>(live.getSpec().getFinalizers());
        finalizers.remove(FINALIZER);
        Namespace next = new NamespaceBuilder(live)
                .editSpec()
                .withFinalizers(finalizers)
                .endSpec()
                .build();
        try {
            Await.done(client.updateSubresource(next, "finalize"));
            if (finalizers.isEmpty()) {
                // A server that does not remove it with its last finalizer needs to be told.
                Await.done(client.delete(
                        live.getMetadata().getName(),
                        DeleteOptions.ofUid(live.getMetadata().getUid())));
            }
        } catch (StatusException failure) {
            if (failure.reason() != StatusReason.NOT_FOUND) {
                throw failure;
            }
        }
        LOG.info("{}: empty, finalized", live.getMetadata().getName());
    }
}
