package io.kubespring.service.guard;

import io.kubespring.service.boot.Component;
import io.kubespring.service.boot.ComponentApplication;
import io.kubespring.service.tls.SecureServingFlags;

/** A component that does nothing but be served. */
@ComponentApplication
public class SampleApplication {

    record Flags(String color) {}

    static final Component COMPONENT = new Component("sample", SampleApplication.class, Flags.class)
            .with(SecureServingFlags.securelyServed("kube-sample", 0))
            .with(AccessFlags.guardedAs("system:kube-sample"));
}
