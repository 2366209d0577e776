package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.EventHandler;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.runtime.ControllerContext;
import org.jspecify.annotations.Nullable;

/** Wires {@link JobReconciler} to changes of Jobs and their Pods. */
public final class JobController {

    private static final String NAME = "job-controller";
    private static final int WORKERS = 5;

    private JobController() {}

    public static void register(ControllerContext context) {
        Informer<Job> jobs = context.informers().informer(Job.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        pods.addIndex(Owners.INDEX, Owners::indexValues);
        Expectations<ObjectKey> expectations = new Expectations<>(context.time());
        Controller<ObjectKey> controller = context.controller(
                "job",
                WORKERS,
                new JobReconciler(
                        jobs.lister(), pods.lister(), context.client(NAME), context.events(NAME), expectations));
        jobs.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Job job, boolean initial) {
                controller.queue().add(ObjectKey.of(job));
            }

            @Override
            public void onUpdate(Job before, Job after) {
                controller.queue().add(ObjectKey.of(after));
            }

            @Override
            public void onDelete(Job last) {
                controller.queue().add(ObjectKey.of(last));
            }
        });
        pods.addHandler(new EventHandler<>() {
            @Override
            public void onAdd(Pod pod, boolean initial) {
                ObjectKey owner = ownerOf(pod);
                if (owner != null) {
                    expectations.creationObserved(owner);
                    controller.queue().add(owner);
                }
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                ObjectKey owner = ownerOf(after);
                if (owner != null) {
                    if (after.getMetadata().getDeletionTimestamp() != null) {
                        expectations.deletionObserved(owner, after.getMetadata().getUid());
                    }
                    controller.queue().add(owner);
                }
            }

            @Override
            public void onDelete(Pod last) {
                ObjectKey owner = ownerOf(last);
                if (owner != null) {
                    expectations.deletionObserved(owner, last.getMetadata().getUid());
                    controller.queue().add(owner);
                }
            }
        });
    }

    private static @Nullable ObjectKey ownerOf(Pod pod) {
        OwnerReference reference = Owners.controllerOf(pod);
        return reference != null && "Job".equals(reference.getKind())
                ? new ObjectKey(pod.getMetadata().getNamespace(), reference.getName())
                : null;
    }
}
