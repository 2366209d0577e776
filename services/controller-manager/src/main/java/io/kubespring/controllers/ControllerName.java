package io.kubespring.controllers;

import io.kubespring.controllers.daemonset.DaemonSetController;
import io.kubespring.controllers.deployment.DeploymentController;
import io.kubespring.controllers.endpoint.EndpointsController;
import io.kubespring.controllers.endpointslice.EndpointSliceController;
import io.kubespring.controllers.garbagecollector.GarbageCollectorController;
import io.kubespring.controllers.job.JobController;
import io.kubespring.controllers.namespace.NamespaceController;
import io.kubespring.controllers.nodeipam.NodeIpamController;
import io.kubespring.controllers.nodelifecycle.NodeLifecycleController;
import io.kubespring.controllers.podgc.PodGarbageCollector;
import io.kubespring.controllers.replicaset.ReplicaSetController;
import io.kubespring.controllers.roleaggregation.RoleAggregationController;
import io.kubespring.controllers.rootca.RootCaPublisher;
import io.kubespring.controllers.runtime.ControllerContext;
import io.kubespring.controllers.serviceaccount.ServiceAccountController;
import io.kubespring.controllers.servicecidr.ServiceCidrController;
import io.kubespring.controllers.statefulset.StatefulSetController;
import io.kubespring.controllers.tainteviction.TaintEvictionController;
import java.util.function.Consumer;

/** Every controller, under upstream's name for {@code --controllers}, and how it is made. */
public enum ControllerName {
    NAMESPACE("namespace-controller", NamespaceController::register),
    SERVICE_ACCOUNT("serviceaccount-controller", ServiceAccountController::register),
    ROOT_CA("root-ca-certificate-publisher-controller", RootCaPublisher::register),
    NODE_IPAM("node-ipam-controller", NodeIpamController::register),
    NODE_LIFECYCLE("node-lifecycle-controller", NodeLifecycleController::register),
    TAINT_EVICTION("taint-eviction-controller", TaintEvictionController::register),
    DEPLOYMENT("deployment-controller", DeploymentController::register),
    REPLICASET("replicaset-controller", ReplicaSetController::register),
    DAEMONSET("daemonset-controller", DaemonSetController::register),
    STATEFULSET("statefulset-controller", StatefulSetController::register),
    JOB("job-controller", JobController::register),
    ENDPOINTS("endpoints-controller", EndpointsController::register),
    ENDPOINT_SLICE("endpointslice-controller", EndpointSliceController::register),
    GARBAGE_COLLECTOR("garbage-collector-controller", GarbageCollectorController::register),
    ROLE_AGGREGATION("clusterrole-aggregation-controller", RoleAggregationController::register),
    SERVICE_CIDRS("service-cidr-controller", ServiceCidrController::register),
    POD_GC("pod-garbage-collector-controller", PodGarbageCollector::register);

    private final String text;
    private final Consumer<ControllerContext> registration;

    ControllerName(String text, Consumer<ControllerContext> registration) {
        this.text = text;
        this.registration = registration;
    }

    public String text() {
        return text;
    }

    void register(ControllerContext context) {
        registration.accept(context);
    }
}
