package io.kubespring.scheduler.framework;

import java.util.Map;

/** The labels of namespaces, as they are now. */
@FunctionalInterface
public interface NamespaceLabels {

    /** Empty for a namespace that is not known. */
    Map<String, String> of(String namespace);
}
