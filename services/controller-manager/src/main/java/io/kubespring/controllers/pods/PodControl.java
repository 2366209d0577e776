package io.kubespring.controllers.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.kubespring.api.error.StatusException;
import io.kubespring.api.error.StatusReason;
import io.kubespring.api.json.Json;
import io.kubespring.client.DeleteOptions;
import io.kubespring.client.KubeClient;
import io.kubespring.client.Resources;
import io.kubespring.client.event.EventRecorder;
import io.kubespring.controllers.ownership.Owners;
import java.util.List;
import reactor.core.publisher.Mono;

/** Makes and deletes Pods for an owner, telling of it in events about the owner. */
public final class PodControl {

    private final Resources<Pod> pods;
    private final EventRecorder events;

    public PodControl(KubeClient client, EventRecorder events) {
        this.pods = client.resources(Pod.class);
        this.events = events;
    }

    /** A Pod from a template, with a generated name, controlled by {@code owner}. */
    public static Pod fromTemplate(HasMetadata owner, PodTemplateSpec template) {
        var pod = new Pod();
        var metadata = new ObjectMeta();
        metadata.setNamespace(owner.getMetadata().getNamespace());
        metadata.setGenerateName(owner.getMetadata().getName() + "-");
        if (template.getMetadata() != null) {
            metadata.setLabels(template.getMetadata().getLabels());
            metadata.setAnnotations(template.getMetadata().getAnnotations());
            metadata.setFinalizers(template.getMetadata().getFinalizers());
        }
        metadata.setOwnerReferences(List.of(Owners.controllerReference(owner)));
        pod.setMetadata(metadata);
        pod.setSpec(Json.convert(template.getSpec(), PodSpec.class));
        return pod;
    }

    public Mono<Pod> create(HasMetadata owner, Pod pod) {
        return pods.inNamespace(owner.getMetadata().getNamespace())
                .create(pod)
                .doOnNext(created -> events.normal(
                        owner,
                        "SuccessfulCreate",
                        "Created pod: " + created.getMetadata().getName()))
                .doOnError(failure -> {
                    if (!isNamespaceTerminating(failure)) {
                        events.warning(owner, "FailedCreate", "Error creating: " + failure.getMessage());
                    }
                });
    }

    /** Completes also where the Pod is gone already. */
    public Mono<Void> delete(HasMetadata owner, Pod pod) {
        String name = pod.getMetadata().getName();
        return pods.inNamespace(pod.getMetadata().getNamespace())
                .delete(name, DeleteOptions.ofUid(pod.getMetadata().getUid()))
                .doOnSuccess(done -> events.normal(owner, "SuccessfulDelete", "Deleted pod: " + name))
                .onErrorResume(StatusException.class, failure -> {
                    if (failure.reason() == StatusReason.NOT_FOUND) {
                        return Mono.empty();
                    }
                    events.warning(owner, "FailedDelete", "Error deleting: " + failure.getMessage());
                    return Mono.error(failure);
                });
    }

    /** Whether a creation failed because its namespace is going away: nothing to tell, nothing to retry. */
    public static boolean isNamespaceTerminating(Throwable failure) {
        return failure instanceof StatusException status
                && status.details().causes().stream()
                        .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
