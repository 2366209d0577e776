package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.kubespring.client.controller.Controller;
import io.kubespring.client.controller.ObjectKey;
import io.kubespring.client.informer.Informer;
import io.kubespring.controllers.expectations.Expectations;
import io.kubespring.controllers.ownership.Owners;
import io.kubespring.controllers.pods.PodOwners;
import io.kubespring.controllers.runtime.ControllerContext;

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
        new PodOwners<>("Job", jobs.lister(), job -> job.getSpec().getSelector(), expectations, controller.queue())
                .listen(jobs, pods);
    }
}
