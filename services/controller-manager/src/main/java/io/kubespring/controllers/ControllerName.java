package io.kubespring.controllers;

import io.kubespring.controllers.deployment.DeploymentController;
import io.kubespring.controllers.replicaset.ReplicaSetController;
import io.kubespring.controllers.runtime.ControllerContext;
import java.util.function.Consumer;

/** Every controller, under upstream's name for {@code --controllers}, and how it is made. */
public enum ControllerName {
    DEPLOYMENT("deployment-controller", DeploymentController::register),
    REPLICASET("replicaset-controller", ReplicaSetController::register);

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
